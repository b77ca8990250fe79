import type { z } from "zod";
import type * as contract from "#contract/lists.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { inLists } from "../list.ts";
import { type CreatedList, makeList } from "./create-list.ts";
import { requireList } from "./require-list.ts";

/** The same filter under another name, or the same members in a static list. */
export function copyList(
  context: Context,
  input: z.output<typeof contract.copyList.input>,
): Promise<CreatedList> {
  return inTransaction(context, async (context) => {
    const original = await requireList(context, input.listId);
    const { name, type = original.type, folderId = original.folderId } = input;
    if (type === "static") {
      const selection = { filter: inLists(original.id), query: "" };
      return makeList(context, { name, type, folderId, selection });
    }
    if (original.type === "static" || original.filter === null) {
      throw new AppError("conflict", "lists:not_active", { listId: original.id, list: original.name });
    }
    return makeList(context, { name, type, folderId, filter: original.filter });
  });
}
