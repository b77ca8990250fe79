import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useExport } from "../../contacts/index/use-export.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { icon } from "../../ui/icons.ts";
import { Section } from "../../ui/section.tsx";
import { GroupList, type Role, SplitBar } from "../../ui/split-bar.tsx";
import { ListName } from "./lists-card.tsx";
import classes from "./wizard.module.css";
import type { Part, Review } from "./wizard-query.ts";

const outcomes: readonly (readonly [outcome: string, role: Role])[] = [
  ["scheduled", "counts"],
  ["unheld", "beyond"],
  ["already_waiting", "waiting"],
  ["already_non_marketing", "plain"],
  ["skipped", "held"],
];

/** What becomes of everybody chosen, and how they were chosen; both add up. */
export function ChosenCard({ review }: { readonly review: Review }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const lines = outcomes
    .map(([outcome, role]) => ({
      outcome,
      role,
      contacts: review.groups
        .filter((group) => group.outcome === outcome)
        .reduce((sum, { contacts }) => sum + contacts, 0),
    }))
    // Few accounts hold anybody.
    .filter(({ outcome, contacts }) => outcome !== "unheld" || contacts > 0);
  const number = format.number(review.total);
  return (
    <Section title={t("chosen.title", { count: review.total, number })}>
      <div className={classes["bar"]}>
        <SplitBar
          label={t("contacts", { count: review.total, number })}
          segments={lines.map(({ role, contacts, outcome }) => ({ role, value: contacts, label: outcome }))}
        />
      </div>
      <GroupList
        groups={lines.map(({ outcome, role, contacts }, place) => ({
          role,
          label: t(`outcome.${outcome}`),
          value: format.number(contacts),
          strong: place === 0,
        }))}
      />
      <HowChosen review={review} />
      <Download review={review} />
    </Section>
  );
}

function HowChosen({ review: { parts, total } }: { readonly review: Review }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const twice = parts.reduce((sum, { contacts }) => sum + contacts, 0) - total;
  return (
    <div className={classes["how"]}>
      <h3>{t("chosen.how")}</h3>
      <dl>
        {parts.map((part) => (
          <div key={part.kind + part.key}>
            <dt>
              <PartName part={part} />
            </dt>
            <dd>{format.number(part.contacts)}</dd>
          </div>
        ))}
        {twice > 0 && (
          <div data-dimmed>
            <dt>{t("chosen.twice")}</dt>
            <dd>{format.signed(-twice)}</dd>
          </div>
        )}
        <div data-total>
          <dt>{t("chosen.once")}</dt>
          <dd>{format.number(total)}</dd>
        </div>
      </dl>
    </div>
  );
}

export function PartName({ part: { kind, key } }: { readonly part: Pick<Part, "kind" | "key"> }) {
  const { t } = useTranslation("cleanup");
  if (kind === "list") return <ListName listId={key} />;
  return <>{kind === "filter" ? t("filter.part") : t(`group.${key}.title`)}</>;
}

function Download({ review }: { readonly review: Review }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const download = useExport();
  return (
    <GuardedButton
      size="sm"
      variant="transparent"
      permission="contacts.export"
      leftSection={<IconDownload {...icon} />}
      loading={download.isPending}
      onClick={() =>
        download.mutate({
          selection: { filter: review.filter, query: "" },
          columns: ["company", "hs_marketable_status", "hs_marketable_until_renewal"],
        })
      }
    >
      {t("chosen.download", { count: review.total, number: format.number(review.total) })}
    </GuardedButton>
  );
}
