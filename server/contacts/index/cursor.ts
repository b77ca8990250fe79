import { AppError } from "#server/platform/errors.ts";
import type { Place, Sort } from "./sort-order.ts";

/** A place in an order as an opaque word; it names the order, so that it cannot be used with another one. */
export function writeCursor({ propertyName, direction }: Sort, { value, id }: Place): string {
  return Buffer.from(JSON.stringify([propertyName, direction, value, id])).toString("base64url");
}

/** Refuses what is no cursor, or one of another order. */
export function readCursor(sort: Sort, cursor: string): Place {
  const [propertyName, direction, value, id, ...more] = parse(cursor);
  const fits = propertyName === sort.propertyName && direction === sort.direction && more.length === 0;
  if (
    fits &&
    (value === null || typeof value === "string") &&
    typeof id === "string" &&
    /^\d{1,18}$/.test(id)
  ) {
    return { value, id };
  }
  throw new AppError("invalid_input", "contacts-index:cursor_unreadable");
}

function parse(cursor: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
