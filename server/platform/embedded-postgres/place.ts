import { statSync } from "node:fs";

/** The data folder a record was written for, because a folder that is copied brings its records along. */
export interface Place {
  readonly folder: string;
  /** Device and number of the folder: they stay when it is renamed, and a copy has others. Null in older records. */
  readonly mark: string | null;
}

export function placeOf(folder: string): Place {
  return { folder, mark: markOf(folder) ?? null };
}

/** Whether a record belongs to this folder; one that does not say for which it was is taken to. */
export function isPlace(place: Partial<Place>, folder: string): boolean {
  if (place.folder === undefined || place.folder === folder) return true;
  return place.mark != null && place.mark === markOf(folder);
}

/** Whether two paths lead to one folder; undefined where the first cannot be followed. */
export function isSameFolder(one: string, other: string): boolean | undefined {
  const mark = markOf(one);
  return mark === undefined ? undefined : mark === markOf(other);
}

function markOf(folder: string): string | undefined {
  try {
    const { dev, ino } = statSync(folder, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
