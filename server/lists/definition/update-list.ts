import type { z } from "zod";
import type * as contract from "#contract/lists.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { type FullList, showList } from "../overview/show-list.ts";
import { defineList } from "./define-list.ts";
import { holdLists, storeFolder, storePlace } from "./queries.ts";
import { requireFolder, requireFreeName, requireList, requireType } from "./require-list.ts";

/** Name, folder, and the filter of an active list: changes what is given. */
export function updateList(
  context: Context,
  { listId, name, folderId, filter }: z.output<typeof contract.updateList.input>,
): Promise<FullList> {
  return inTransaction(context, async (context) => {
    await requireList(context, listId);
    await holdLists(context);
    const list = await requireList(context, listId);
    if (filter) await requireType(context, listId, "active");
    if (name !== undefined) await requireFreeName(context, name, listId);
    if (folderId !== undefined) await requireFolder(context, folderId);
    await storePlace(context, listId, {
      name: name ?? list.name,
      folderId: folderId === undefined ? list.folderId : folderId,
    });
    if (filter) await defineList(context, listId, filter);
    const changed = Object.entries({ name, folderId, filter }).flatMap(([key, value]) =>
      value === undefined ? [] : [key],
    );
    await recordEvent(context, { type: "list.updated", details: { listId, changed } });
    return showList(context, { listId });
  });
}

/** Lists that are missing are left out. */
export function moveLists(
  context: Context,
  { listIds, folderId }: z.output<typeof contract.moveLists.input>,
): Promise<{ moved: number }> {
  return inTransaction(context, async (context) => {
    await requireFolder(context, folderId);
    const moved = await storeFolder(context, listIds, folderId);
    await recordEvent(context, { type: "list.moved", details: { listIds, folderId } });
    return { moved };
  });
}
