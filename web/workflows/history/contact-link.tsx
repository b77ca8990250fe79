import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

interface ContactLinkProps {
  readonly contact: { readonly id: string; readonly name: string; readonly deleted: boolean };
}

/** The contact's name, as a way to its record while there is one. */
export function ContactLink({ contact: { id, name, deleted } }: ContactLinkProps) {
  const { t } = useTranslation("workflow-history");
  const shown = name || t("nameless", { id });
  if (deleted) return <span>{t("deletedContact", { name: shown })}</span>;
  return (
    <Link to="/contacts/$contactId" params={{ contactId: id }}>
      {shown}
    </Link>
  );
}
