import type { Folder } from "../list-queries.ts";

export interface PlacedFolder extends Folder {
  /** 0 at the top. */
  readonly depth: number;
  /** "Customers / Nordics" */
  readonly path: string;
}

/** Folders in the order of a tree: each followed by those inside it. */
export function folderTree(
  folders: readonly Folder[],
  parentId: string | null = null,
  above?: PlacedFolder,
): PlacedFolder[] {
  return folders
    .filter((folder) => folder.parentId === parentId)
    .flatMap((folder) => {
      const path = above === undefined ? folder.name : `${above.path} / ${folder.name}`;
      const placed = { ...folder, depth: above === undefined ? 0 : above.depth + 1, path };
      return [placed, ...folderTree(folders, folder.id, placed)];
    });
}
