import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { LoadingRows } from "../../ui/states.tsx";
import { useOnward } from "../../ui/use-still-here.ts";
import { type ListUse, useListChange, usesQuery } from "../list-queries.ts";
import type { ListDialogProps } from "./list-dialogs.tsx";
import { UseRows } from "./use-rows.tsx";

interface DeleteListDialogProps extends ListDialogProps {
  /** Go back to all lists afterwards. */
  readonly leave: boolean;
}

/** Says what uses the list before it goes; the contacts stay, and the list comes back for 90 days. */
export function DeleteListDialog({ list, onClose, leave }: DeleteListDialogProps) {
  const { t } = useTranslation("lists");
  const { data, error } = useQuery({ ...usesQuery(list.id), staleTime: 0 });
  const remove = useDelete({ list, onClose, leave });
  const uses = data?.uses ?? [];
  const blocking = uses.filter(({ blocks }) => blocks);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("deleteTitle")}
      subtitle={list.name}
      verb={t("menu.delete")}
      busy={remove.isPending}
      error={remove.error ?? error}
      blocked={data === undefined || blocking.length > 0}
      onConfirm={() => remove.mutate(uses.length > 0)}
    >
      {data === undefined && error === null && <LoadingRows rows={2} />}
      {data && <Consequences uses={uses} blocking={blocking} />}
    </ConfirmDialog>
  );
}

interface ConsequencesProps {
  readonly uses: readonly ListUse[];
  readonly blocking: readonly ListUse[];
}

function Consequences({ uses, blocking }: ConsequencesProps) {
  const { t } = useTranslation("lists");
  if (blocking.length > 0)
    return (
      <>
        <p>{t("deleteBlocked")}</p>
        <UseRows uses={blocking} />
      </>
    );
  return (
    <>
      <p>{t(uses.length === 0 ? "deleteUnused" : "deleteViews")}</p>
      {uses.length > 0 && <UseRows uses={uses} />}
      <Note>{t("deleteText")}</Note>
    </>
  );
}

function useDelete({ list, onClose, leave }: DeleteListDialogProps) {
  const { t } = useTranslation("lists");
  const onward = useOnward();
  const restore = useListChange(() => call("POST /api/lists/:listId/restore", { listId: list.id }), {
    done: ({ name }) => ({ title: t("restored", { name }) }),
    toastError: true,
  });
  return useListChange(
    (evenIfViews: boolean) =>
      call("DELETE /api/lists/:listId", { listId: list.id, evenIfViews: evenIfViews ? "true" : "false" }),
    {
      done: () => ({
        title: t("deleted", { name: list.name }),
        action: { label: t("undo"), onClick: () => restore.mutate(undefined) },
      }),
      onDone: () => {
        onClose();
        if (leave) void onward({ to: "/lists" });
      },
    },
  );
}
