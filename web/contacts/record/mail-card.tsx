import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { Badge } from "../../ui/badge.tsx";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { Section } from "../../ui/section.tsx";
import { type Contact, type Status, useContactChange } from "./contact-queries.ts";
import classes from "./record.module.css";
import { useSourceText } from "./use-source-text.ts";

interface MailCardProps {
  readonly contact: Contact;
  readonly status: Status;
}

/** Whether marketing mail may and can reach a contact, with every reason why not. */
export function MailCard({ contact, status }: MailCardProps) {
  const { t } = useTranslation("contact");
  const reasons = [
    ...(status.status === "non_marketing" ? [t("mail.nonMarketing")] : []),
    ...(contact.emails.length === 0 ? [t("mail.noAddress")] : []),
  ];
  const can = reasons.length === 0 && !status.facts.some(({ protects }) => protects);
  return (
    <Section
      title={t("mail.title")}
      aside={<Badge tone={can ? "good" : "bad"}>{t(can ? "mail.yes" : "mail.no")}</Badge>}
    >
      <ul className={classes["reasons"]}>
        {can && status.facts.length === 0 && <li>{t("mail.nothing")}</li>}
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        {status.facts.map((fact) => (
          <FactRow key={fact.kind} contactId={contact.id} fact={fact} />
        ))}
      </ul>
    </Section>
  );
}

interface FactRowProps {
  readonly contactId: string;
  readonly fact: Status["facts"][number];
}

function FactRow({ contactId, fact }: FactRowProps) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const sourceText = useSourceText();
  const lift = useContactChange(
    () => call("DELETE /api/contacts/:contactId/subscription-facts/:kind", { contactId, kind: fact.kind }),
    { done: () => t("fact.lifted"), toastError: true },
  );
  const known = fact.kind === "bounce" && fact.reason !== "";
  return (
    <li>
      <span>
        {known
          ? `${t("fact.bounce")}: ${t(`bounce.${fact.reason.toLowerCase()}`, { defaultValue: fact.reason })}`
          : t(`fact.${fact.kind}`)}
        <small>
          {format.date(fact.at)}, {sourceText(fact)}
        </small>
        {!fact.protects && <small>{t("fact.once")}</small>}
      </span>
      <GuardedButton
        size="sm"
        variant="subtle"
        permission="contacts.edit"
        loading={lift.isPending}
        onClick={() => lift.mutate(undefined)}
      >
        {t("fact.lift")}
      </GuardedButton>
    </li>
  );
}
