import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import type { ListType } from "../list.ts";
import { folderExists, isNameTaken, type StoredList, selectList } from "./queries.ts";

/** A list that lives. A foreign or deleted one is as missing as one that never was. */
export async function requireList(context: Context, listId: string): Promise<StoredList> {
  const list = await selectList(context, listId);
  if (!list || list.deletedAt) throw new AppError("not_found", "lists:not_found", { listId });
  return list;
}

/** Only static lists take and lose contacts by hand, only active ones have a filter to change. */
export async function requireType(context: Context, listId: string, type: ListType): Promise<StoredList> {
  const list = await requireList(context, listId);
  if (list.type !== type) throw new AppError("conflict", `lists:not_${type}`, { listId, list: list.name });
  return list;
}

export async function requireFreeName(
  context: Context,
  name: string,
  listId: string | null = null,
): Promise<void> {
  if (await isNameTaken(context, { name, listId })) {
    throw new AppError("conflict", "lists:name_taken", { name });
  }
}

export async function requireFolder(context: Context, folderId: string | null): Promise<void> {
  if (folderId !== null && !(await folderExists(context, folderId))) {
    throw new AppError("not_found", "lists:folder_not_found", { folderId });
  }
}

export async function isStatic(context: Context, listId: string): Promise<boolean> {
  const list = await selectList(context, listId);
  return list !== undefined && !list.deletedAt && list.type === "static";
}
