import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { type Status, useContactChange } from "./contact-queries.ts";

export type FactKind = Status["facts"][number]["kind"];

const reasons = [
  "unknown_user",
  "mailbox_full",
  "mailbox_misconfiguration",
  "content",
  "spam",
  "policy",
  "dns_failure",
  "timeout",
  "other",
];

interface FactDialogProps {
  readonly contactId: string;
  readonly kind: FactKind;
  readonly onClose: () => void;
}

/** Writes down by hand that somebody opted out, complained, or that mail came back. */
export function FactDialog({ contactId, kind, onClose }: FactDialogProps) {
  const { t } = useTranslation("contact");
  const [reason, setReason] = useState("unknown_user");
  const add = useContactChange(
    () =>
      call("POST /api/contacts/:contactId/subscription-facts", {
        contactId,
        kind,
        reason: kind === "bounce" ? reason : "",
      }),
    { done: () => t("fact.added"), onDone: onClose },
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(`fact.title.${kind}`)}
      verb={t("fact.verb")}
      busy={add.isPending}
      error={add.error}
      onConfirm={() => add.mutate(undefined)}
    >
      <p>{t(`fact.help.${kind}`)}</p>
      {kind === "bounce" && (
        <Select
          label={t("fact.reason")}
          value={reason}
          allowDeselect={false}
          data={reasons.map((value) => ({ value, label: t(`bounce.${value}`) }))}
          onChange={(value) => value !== null && setReason(value)}
        />
      )}
    </ConfirmDialog>
  );
}
