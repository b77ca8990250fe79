import type { z } from "zod";
import type * as contract from "#contract/lists.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { listUses } from "../overview/list-uses.ts";
import { type FullList, showList } from "../overview/show-list.ts";
import { requireRoom } from "./create-list.ts";
import { defineList } from "./define-list.ts";
import { folderExists, holdLists, selectList, storeDeleted, storeRestored } from "./queries.ts";
import { requireFreeName, requireList } from "./require-list.ts";
import { watchLists } from "./watch-lists.ts";

/** Takes a list out of use; for 90 days it can be restored. Its contacts stay what they are. */
export function deleteList(
  context: Context,
  { listId, evenIfViews }: z.output<typeof contract.deleteList.input>,
): Promise<Record<string, never>> {
  return inTransaction(context, async (context) => {
    await requireList(context, listId);
    await holdLists(context);
    const { name } = await requireList(context, listId);
    await refuseUsed(context, { listId, name, evenIfViews: evenIfViews === "true" });
    await storeDeleted(context, listId);
    await watchLists(context);
    await recordEvent(context, { type: "list.deleted", details: { listId } });
    return {};
  });
}

async function refuseUsed(
  context: Context,
  { listId, name, evenIfViews }: { listId: string; name: string; evenIfViews: boolean },
): Promise<void> {
  const { uses } = await listUses(context, { listId });
  const blocking = uses.filter(({ blocks }) => blocks);
  const details = { listId, list: name, uses: blocking.length > 0 ? blocking : uses };
  const names = details.uses.flatMap((use) => use.name ?? []).slice(0, 5);
  const said = { ...details, count: details.uses.length, names: names.join(", ") };
  if (blocking.length > 0) throw new AppError("conflict", "lists:in_use", said);
  if (uses.length > 0 && !evenIfViews) throw new AppError("conflict", "lists:in_use_by_views", said);
}

/** Brings a deleted list back: a static one with its members, an active one with its filter as it is met now. */
export function restoreList(
  context: Context,
  input: z.output<typeof contract.restoreList.input>,
): Promise<FullList> {
  const { listId } = input;
  return inTransaction(context, async (context) => {
    const list = await selectList(context, listId);
    if (!list) throw new AppError("not_found", "lists:not_found", { listId });
    await holdLists(context);
    if (!list.deletedAt) throw new AppError("conflict", "lists:not_deleted", { list: list.name });
    const name = input.name ?? list.name;
    await requireRoom(context, list.type);
    await requireFreeName(context, name);
    const folderId = list.folderId && (await folderExists(context, list.folderId)) ? list.folderId : null;
    await storeRestored(context, listId, { name, folderId });
    if (list.type === "active" && list.filter) await defineList(context, listId, list.filter);
    await recordEvent(context, { type: "list.restored", details: { listId } });
    return showList(context, { listId });
  });
}
