import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { useContactChange } from "./contact-queries.ts";

interface RestoreButtonProps {
  readonly contactId: string;
  readonly counts: boolean;
  /** Quiet, in a row of many. */
  readonly quiet?: boolean;
  readonly onRestored?: (taken: Reply<"POST /api/contacts/:contactId/restore">["taken"]) => void;
}

/** Brings a deleted contact back; asks first where it would count again. */
export function RestoreButton({ contactId, counts, quiet = false, onRestored }: RestoreButtonProps) {
  const { t } = useTranslation("contact");
  const [asking, setAsking] = useState(false);
  const restore = useContactChange(() => call("POST /api/contacts/:contactId/restore", { contactId }), {
    done: ({ taken, withoutRoom }) => {
      if (withoutRoom !== null) return t(`deleted.${withoutRoom}`);
      return t(taken.length === 0 ? "deleted.restored" : "deleted.restoredWithout");
    },
    onDone: ({ taken }) => {
      setAsking(false);
      onRestored?.(taken);
    },
    toastError: !counts,
  });
  return (
    <>
      <GuardedButton
        {...(quiet ? { size: "sm", variant: "default" } : {})}
        permission="contacts.delete"
        loading={restore.isPending}
        onClick={() => (counts ? setAsking(true) : restore.mutate(undefined))}
      >
        {t("deleted.restore")}
      </GuardedButton>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("deleted.countsTitle")}
        verb={t("deleted.restore")}
        busy={restore.isPending}
        error={restore.error}
        onConfirm={() => restore.mutate(undefined)}
      >
        <p>{t("deleted.counts")}</p>
      </ConfirmDialog>
    </>
  );
}
