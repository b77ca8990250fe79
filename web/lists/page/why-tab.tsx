import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FindContact } from "../../contacts/record/find-contact.tsx";
import { PageBody } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { useSearchChange } from "../../ui/use-search-change.ts";
import { type FullList, whyQuery } from "../list-queries.ts";
import classes from "../lists.module.css";
import { WhyAnswer } from "./why-answer.tsx";

interface WhyTabProps {
  readonly list: FullList;
  readonly contactId: string | undefined;
}

/** Why is a contact in the list, or not: each condition with the contact's own value. */
export function WhyTab({ list, contactId }: WhyTabProps) {
  const { t } = useTranslation("lists");
  const changeSearch = useSearchChange();
  const pick = (contact: string) => changeSearch((search) => ({ ...search, tab: "why", contact }));
  return (
    <PageBody>
      <div
        className={`${classes["why"]} ${classes["tab"]}`}
        data-answered={contactId !== undefined || undefined}
      >
        <Section title={t("why.title")}>
          <FindContact label={t("why.find")} onPick={pick} />
        </Section>
        <div aria-live="polite">
          {contactId === undefined ? (
            <Section>
              <p className={classes["dimmed"]}>{t("why.pick")}</p>
            </Section>
          ) : (
            <Why list={list} contactId={contactId} />
          )}
        </div>
      </div>
    </PageBody>
  );
}

function Why({ list, contactId }: WhyTabProps & { readonly contactId: string }) {
  const { data, error, refetch } = useQuery(whyQuery(list.id, contactId));
  if (data) return <WhyAnswer list={list} contactId={contactId} why={data} />;
  return (
    <Section>
      {error === null ? <LoadingRows /> : <ErrorState error={error} onRetry={() => void refetch()} />}
    </Section>
  );
}
