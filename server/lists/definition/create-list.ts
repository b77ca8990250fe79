import type { z } from "zod";
import type { Filter, Selection } from "#contract/filters.ts";
import type * as contract from "#contract/lists.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { type ListType, MAX_ACTIVE_LISTS, MAX_LISTS } from "../list.ts";
import { startAdding } from "../members/start-change.ts";
import { type FullList, showList } from "../overview/show-list.ts";
import { defineList } from "./define-list.ts";
import { countLists, holdLists, insertList } from "./queries.ts";
import { requireFolder, requireFreeName } from "./require-list.ts";

export interface CreatedList {
  readonly list: FullList;
  readonly operationId: string | null;
}

/** An active list from a filter, or a static one, empty or with the contacts of a selection as an operation. */
export async function createList(
  context: Context,
  input: z.output<typeof contract.createList.input>,
): Promise<CreatedList> {
  const { name, type, folderId, filter, selection, expect } = input;
  if (type === "active" && !filter) throw new AppError("invalid_input", "lists:filter_missing");
  if (type === "active" ? selection : filter)
    throw new AppError("invalid_input", type === "active" ? "lists:active_selection" : "lists:static_filter");
  return makeList(context, { name, type, folderId, filter, selection, expect });
}

export interface NewList {
  readonly name: string;
  readonly type: ListType;
  readonly folderId: string | null;
  readonly filter?: Filter | undefined;
  readonly selection?: Selection | undefined;
  readonly expect?: number | undefined;
}

export function makeList(context: Context, list: NewList): Promise<CreatedList> {
  return inTransaction(context, async (context) => {
    await holdLists(context);
    await requireRoom(context, list.type);
    await requireFreeName(context, list.name);
    await requireFolder(context, list.folderId);
    const listId = await insertList(context, list);
    await recordEvent(context, { type: "list.created", details: { listId, listType: list.type } });
    if (list.filter) await defineList(context, listId, list.filter);
    const started = list.selection
      ? await startAdding(context, { listId, selection: list.selection, expect: list.expect })
      : null;
    return { list: await showList(context, { listId }), operationId: started?.operationId ?? null };
  });
}

export async function requireRoom(context: Context, type: ListType): Promise<void> {
  const { all, active } = await countLists(context);
  if (type === "active" && active >= MAX_ACTIVE_LISTS)
    throw new AppError("conflict", "lists:too_many_active", { max: MAX_ACTIVE_LISTS });
  if (all >= MAX_LISTS) throw new AppError("conflict", "lists:too_many", { max: MAX_LISTS });
}
