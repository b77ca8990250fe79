import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Selection } from "../../../contract/filters.ts";
import { call } from "../../api.ts";
import { type BulkDialogProps, useBulkStart } from "../../contacts/index/bulk-dialog.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { GroupList, SplitBar } from "../../ui/split-bar.tsx";
import { alreadyIn } from "./already-in.ts";
import { ListPicker, type PickedList } from "./list-picker.tsx";

/** Adds those who are ticked to a static list; says first how many are new in it. */
export function AddToListDialog(props: BulkDialogProps) {
  const { opened, onClose, selection, about, everybody, count } = props;
  const { t } = useTranslation("lists");
  const format = useFormat();
  const [picked, setPicked] = useState<PickedList | null>(null);
  const already = useAlready(picked, selection, count);
  const start = useBulkStart(props, (target: PickedList) => add(target, selection, count));
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("add.title", { count, number: format.number(count) })}
      subtitle={about}
      verb={t("add.verb")}
      busy={start.isPending}
      error={start.error}
      blocked={picked === null || already === count}
      tick={everybody ? t("contacts-index:everybody") : undefined}
      onConfirm={() => picked && start.mutate(picked)}
    >
      <ListPicker picked={picked} onPick={setPicked} autoFocus />
      {picked && <Groups already={already} count={count} />}
    </ConfirmDialog>
  );
}

/** Where the list is new the same act makes it. */
async function add(
  target: PickedList,
  selection: Selection,
  expect: number,
): Promise<{ operationId: string }> {
  if (!("newName" in target))
    return call("POST /api/lists/:listId/add", { listId: target.id, selection, expect });
  const made = await call("POST /api/lists", { name: target.newName, type: "static", selection, expect });
  return { operationId: made.operationId ?? "" };
}

function useAlready(picked: PickedList | null, selection: Selection, count: number): number | undefined {
  const listId = picked && !("newName" in picked) ? picked.id : undefined;
  const { data } = useQuery({
    queryKey: ["contacts", "already-in", listId, selection],
    queryFn: ({ signal }) => alreadyIn(listId ?? "", selection, signal),
    enabled: listId !== undefined,
  });
  if (picked === null) return undefined;
  return listId === undefined ? 0 : data === undefined ? undefined : Math.min(data, count);
}

function Groups({ already, count }: { readonly already: number | undefined; readonly count: number }) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const known = already !== undefined;
  const fresh = count - (already ?? 0);
  const number = (value: number) => (known ? format.number(value) : "…");
  return (
    <div aria-live="polite">
      <SplitBar
        label={t("add.newMembers")}
        segments={[
          { role: "good", value: known ? fresh : 0, label: t("add.newMembers") },
          { role: "plain", value: already ?? 0, label: t("add.already") },
        ]}
      />
      <GroupList
        groups={[
          { role: "good", label: t("add.newMembers"), value: number(fresh) },
          {
            role: "plain",
            label: t("add.already"),
            value: number(already ?? 0),
            ...(already === count && { detail: t("add.nothingNew") }),
          },
        ]}
        total={{ label: t("add.total"), value: format.number(count) }}
      />
    </div>
  );
}
