import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { type BulkDialogProps, useBulkStart } from "../../contacts/index/bulk-dialog.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";

interface RemoveFromListDialogProps extends BulkDialogProps {
  readonly list: { readonly id: string; readonly name: string };
}

/** Takes those who are ticked out of a static list. */
export function RemoveFromListDialog(props: RemoveFromListDialogProps) {
  const { opened, onClose, selection, about, count, list } = props;
  const { t } = useTranslation("lists");
  const format = useFormat();
  const start = useBulkStart(props, () =>
    call("POST /api/lists/:listId/remove", { listId: list.id, selection, expect: count }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("remove.title", { count, number: format.number(count), name: list.name })}
      subtitle={about}
      verb={t("remove.verb")}
      busy={start.isPending}
      error={start.error}
      onConfirm={() => start.mutate(undefined)}
    >
      <Note>{t("remove.text")}</Note>
    </ConfirmDialog>
  );
}
