import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { contactName } from "../../contacts/record/contact-name.ts";
import { type Filter, isEmpty } from "../../filters/filter-field.ts";
import { StatusBadge } from "../../marketing-status/status-badge.tsx";
import { useFormat } from "../../ui/format.ts";
import { BigNumber } from "../../ui/numbers.tsx";
import { Section } from "../../ui/section.tsx";
import { ErrorState } from "../../ui/states.tsx";
import classes from "../lists.module.css";
import { firstQuery, previewQuery } from "./preview-query.ts";

interface FilterPreviewProps {
  readonly filter: Filter;
  /** The list that is being changed: who would join and leave it. */
  readonly listId?: string;
}

/** Exactly how many match while one writes, and a look at who they are. */
export function FilterPreview(props: FilterPreviewProps) {
  const { t } = useTranslation("lists");
  return (
    <Section title={t("form.preview")}>
      {isEmpty(props.filter) ? (
        <p className={classes["dimmed"]}>{t("form.everybody")}</p>
      ) : (
        <Counted {...props} />
      )}
    </Section>
  );
}

function Counted({ filter, listId }: FilterPreviewProps) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const { data, error, refetch } = useQuery(previewQuery(filter, listId));
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes["fields"]}>
      <div role="status">
        <BigNumber label={t("form.matchLabel")} value={data ? format.number(data.total) : "…"}>
          {listId !== undefined && data && <Moves joining={data.joining} leaving={data.leaving} />}
        </BigNumber>
      </div>
      {data?.total === 0 ? (
        <p className={classes["dimmed"]}>{t("form.nobodyYet")}</p>
      ) : (
        <First filter={filter} />
      )}
    </div>
  );
}

interface MovesProps {
  readonly joining: number | null;
  readonly leaving: number | null;
}

function Moves({ joining, leaving }: MovesProps) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  if (!joining && !leaving) return <>{t("form.noMoves")}</>;
  const count = (key: "joining" | "leaving", value: number | null) =>
    t(`form.${key}`, { count: value ?? 0, number: format.number(value ?? 0) });
  return <>{`${count("joining", joining)}, ${count("leaving", leaving)}`}</>;
}

function First({ filter }: { readonly filter: Filter }) {
  const { t } = useTranslation("lists");
  const { data } = useQuery(firstQuery(filter));
  return (
    <div>
      <h3 className={classes["smallHeading"]}>{t("form.first")}</h3>
      <ul className={classes["people"]}>
        {data?.contacts.map(({ id, properties, status, until }) => (
          <li key={id}>
            <span>
              <Link to="/contacts/$contactId" params={{ contactId: id }}>
                {contactName(properties) || t("contacts-index:nameless", { id })}
              </Link>
              <small>{properties["email"]}</small>
            </span>
            <StatusBadge status={status} until={until} />
          </li>
        ))}
      </ul>
    </div>
  );
}
