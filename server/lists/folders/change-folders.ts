import type { z } from "zod";
import type * as contract from "#contract/list-folders.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { holdLists } from "../definition/hold-lists.ts";
import { MAX_FOLDER_DEPTH, MAX_FOLDERS } from "../list.ts";
import { countTop, type Folder, insertFolder, removeFolder, selectFolders, storeFolder } from "./queries.ts";

export async function listFolders(context: Context): Promise<z.input<typeof contract.listFolders.reply>> {
  return { folders: await selectFolders(context), top: await countTop(context) };
}

export function createFolder(
  context: Context,
  input: z.output<typeof contract.createFolder.input>,
): Promise<Folder> {
  return inTransaction(context, async (context) => {
    await holdLists(context);
    const folders = await selectFolders(context);
    if (folders.length >= MAX_FOLDERS) {
      throw new AppError("conflict", "lists:too_many_folders", { max: MAX_FOLDERS });
    }
    requirePlace(folders, { id: null, ...input });
    const folderId = await insertFolder(context, input);
    await recordEvent(context, { type: "list_folder.created", details: { folderId } });
    return { id: folderId, lists: 0, ...input };
  });
}

export function updateFolder(
  context: Context,
  { folderId, name, parentId }: z.output<typeof contract.updateFolder.input>,
): Promise<Folder> {
  return inTransaction(context, async (context) => {
    await holdLists(context);
    const folders = await selectFolders(context);
    const folder = requireFolder(folders, folderId);
    const changed = {
      ...folder,
      name: name ?? folder.name,
      parentId: parentId === undefined ? folder.parentId : parentId,
    };
    requirePlace(folders, changed);
    await storeFolder(context, folderId, changed);
    await recordEvent(context, { type: "list_folder.updated", details: { folderId } });
    return changed;
  });
}

/** What is in it moves one level up. */
export function deleteFolder(
  context: Context,
  { folderId }: { readonly folderId: string },
): Promise<{ moved: number }> {
  return inTransaction(context, async (context) => {
    await holdLists(context);
    const folders = await selectFolders(context);
    const folder = requireFolder(folders, folderId);
    for (const inner of folders.filter(({ parentId }) => parentId === folderId)) {
      requirePlace(folders, { ...inner, parentId: folder.parentId });
    }
    const moved = await removeFolder(context, folder);
    await recordEvent(context, { type: "list_folder.deleted", details: { folderId } });
    return { moved };
  });
}

function requireFolder(folders: readonly Folder[], folderId: string): Folder {
  const folder = folders.find(({ id }) => id === folderId);
  if (!folder) throw new AppError("not_found", "lists:folder_not_found", { folderId });
  return folder;
}

interface Placed {
  readonly id: string | null;
  readonly name: string;
  readonly parentId: string | null;
}

/** A free name in a folder that exists, that is not inside this one, and not too deep. */
function requirePlace(folders: readonly Folder[], { id, name, parentId }: Placed): void {
  const siblings = folders.filter((folder) => folder.parentId === parentId && folder.id !== id);
  if (siblings.some((folder) => folder.name.toLowerCase() === name.toLowerCase())) {
    throw new AppError("conflict", "lists:folder_name_taken", { name });
  }
  const above = parentId === null ? [] : pathTo(folders, requireFolder(folders, parentId));
  if (id !== null && above.includes(id))
    throw new AppError("invalid_input", "lists:folder_in_itself", { name });
  if (above.length + heightOf(folders, id) > MAX_FOLDER_DEPTH) {
    throw new AppError("invalid_input", "lists:folder_too_deep", { max: MAX_FOLDER_DEPTH });
  }
}

/** The folder and those around it. */
function pathTo(folders: readonly Folder[], folder: Folder): string[] {
  const parent = folders.find(({ id }) => id === folder.parentId);
  return parent ? [folder.id, ...pathTo(folders, parent)] : [folder.id];
}

/** How many levels a folder and what is in it take. */
function heightOf(folders: readonly Folder[], folderId: string | null): number {
  const inner = folderId === null ? [] : folders.filter(({ parentId }) => parentId === folderId);
  return 1 + Math.max(0, ...inner.map(({ id }) => heightOf(folders, id)));
}
