import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { type BulkDialogProps, useBulkStart } from "./bulk-dialog.ts";

/** Deleting can be undone for 90 days, so it is a plain confirm. */
export function DeleteDialog(props: BulkDialogProps) {
  const { opened, onClose, selection, about, everybody, count } = props;
  const { t } = useTranslation("contacts-index");
  const format = useFormat();
  const start = useBulkStart(props, () =>
    call("POST /api/contacts/bulk/delete", { selection, expect: count }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("deleteTitle", { count, number: format.number(count) })}
      subtitle={about}
      verb={t("delete")}
      busy={start.isPending}
      error={start.error}
      tick={everybody ? t("everybody") : undefined}
      onConfirm={() => start.mutate(undefined)}
    >
      <Note>{t("deleteNote")}</Note>
    </ConfirmDialog>
  );
}
