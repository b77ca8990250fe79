import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id } from "./operations.ts";

const folderName = z.string().trim().min(1).max(100);
const oneFolder = z.object({ folderId: id });
/** Null: at the top, in no folder. */
const place = id.nullable();

const folder = z.object({
  id,
  name: z.string(),
  parentId: place,
  /** Directly in it. */
  lists: z.int(),
});

/** All of them, by name; `top` counts the lists in no folder. */
export const listFolders = endpoint({
  method: "GET",
  path: "/api/list-folders",
  input: z.object({}),
  reply: z.object({ folders: z.array(folder), top: z.int() }),
});

export const createFolder = endpoint({
  method: "POST",
  path: "/api/list-folders",
  input: z.object({ name: folderName, parentId: place.default(null) }),
  reply: folder,
});

/** Renames or moves it. Refuses a place inside itself. */
export const updateFolder = endpoint({
  method: "PATCH",
  path: "/api/list-folders/:folderId",
  input: oneFolder.extend({ name: folderName.optional(), parentId: place.optional() }),
  reply: folder,
});

/** What is in it moves one level up; no list is deleted. */
export const deleteFolder = endpoint({
  method: "DELETE",
  path: "/api/list-folders/:folderId",
  input: oneFolder,
  reply: z.object({ moved: z.int() }),
});
