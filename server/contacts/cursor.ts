import { AppError } from "#server/platform/errors.ts";

/** Where the next page begins: after the row of this time (with microseconds, as SQL writes it) and id. */
export interface Cursor {
  readonly at: string;
  readonly id: string;
}

export function writeCursor(at: string, id: string): string {
  return Buffer.from(`${at}|${id}`).toString("base64url");
}

/** Null for the first page. Refuses (`invalid_input`) what `writeCursor` has not written. */
export function parseCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null;
  const [at = "", id = ""] = Buffer.from(text, "base64url").toString().split("|");
  if (!/^\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(at) || !/^[a-z]*\d{1,19}$/.test(id)) {
    throw new AppError("invalid_input", "contacts:bad_page", { after: text });
  }
  return { at, id };
}
