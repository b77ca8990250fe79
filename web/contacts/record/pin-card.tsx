import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useMe } from "../../session.ts";
import { MissingPermission } from "../../ui/guarded-button.tsx";
import { Section } from "../../ui/section.tsx";
import { type Status, useContactChange } from "./contact-queries.ts";

interface PinCardProps {
  readonly contactId: string;
  readonly pin: Status["pin"];
}

/** Holds a contact where it is, whatever any source asks for. */
export function PinCard({ contactId, pin }: PinCardProps) {
  const { t } = useTranslation("contact");
  const { can } = useMe();
  const allowed = can("marketing-contacts.edit");
  const change = useContactChange(
    (next: Status["pin"]) => call("PUT /api/contacts/:contactId/pin", { contactId, pin: next }),
    {
      done: () => t("pin.saved"),
      toastError: true,
    },
  );
  return (
    <Section title={t("pin.title")}>
      <Select
        aria-label={t("pin.title")}
        value={pin ?? "none"}
        allowDeselect={false}
        disabled={!allowed || change.isPending}
        data={["none", "always", "never"].map((value) => ({ value, label: t(`pin.${value}`) }))}
        description={allowed ? t("pin.help") : <MissingPermission permission="marketing-contacts.edit" />}
        onChange={(value) => change.mutate(value === "always" || value === "never" ? value : null)}
      />
    </Section>
  );
}
