import { TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { showToast } from "../../ui/toast-store.ts";
import { useOnward } from "../../ui/use-still-here.ts";
import { contactName } from "./contact-name.ts";
import { type Contact, useContactChange } from "./contact-queries.ts";

interface DialogProps {
  readonly contact: Contact;
  readonly onClose: () => void;
}

const RESTORE_MS = 90 * 86_400_000;

/** Can be taken back for 90 days, so it is a plain confirm with an Undo afterwards. */
export function DeleteDialog({ contact, onClose }: DialogProps) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const navigate = useNavigate();
  const onward = useOnward();
  const { id: contactId } = contact;
  const restore = useContactChange(() => call("POST /api/contacts/:contactId/restore", { contactId }), {
    done: () => t("deleted.restored"),
    onDone: () => navigate({ to: "/contacts/$contactId", params: { contactId } }),
    toastError: true,
  });
  const remove = useContactChange(() => call("DELETE /api/contacts/:contactId", { contactId }), {
    onDone: () => {
      onClose();
      showToast({
        title: t("delete.done"),
        action: { label: t("delete.undo"), onClick: () => restore.mutate(undefined) },
      });
      return onward({ to: "/contacts" });
    },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("actions.delete")}
      subtitle={contactName(contact.properties)}
      verb={t("delete.verb")}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined)}
    >
      <p>{t("delete.help", { date: format.dateLong(new Date(Date.now() + RESTORE_MS)) })}</p>
    </ConfirmDialog>
  );
}

/** For good: red, and what the contact is called has to be typed. */
export function EraseDialog({ contact, onClose }: DialogProps) {
  const { t } = useTranslation("contact");
  const onward = useOnward();
  const [typed, setTyped] = useState("");
  const expected = contactName(contact.properties) || contact.id;
  const erase = useContactChange(
    () => call("POST /api/contacts/:contactId/erase", { contactId: contact.id }),
    {
      done: () => t("erase.done"),
      onDone: () => {
        onClose();
        return onward({ to: "/contacts" });
      },
    },
  );
  return (
    <ConfirmDialog
      opened
      destructive
      onClose={onClose}
      title={t("actions.erase")}
      subtitle={expected}
      verb={t("erase.verb")}
      blocked={!sameText(typed, expected)}
      busy={erase.isPending}
      error={erase.error}
      onConfirm={() => erase.mutate(undefined)}
    >
      <p>{t("erase.help")}</p>
      <p>{t("erase.kept")}</p>
      <TextInput
        label={t("erase.type", { name: expected })}
        autoComplete="off"
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}

/** Case and the width of blanks make no difference to what was meant. */
function sameText(typed: string, expected: string): boolean {
  return plain(typed) === plain(expected);
}

function plain(text: string): string {
  return text.trim().replace(/\s+/gu, " ").toLowerCase();
}
