import type { Context } from "#server/platform/context.ts";
import { holdLists as hold } from "./queries.ts";

/** Waits until nobody else changes what lists and folders are, or works lists out, and keeps it so until the end. */
export function holdLists(context: Context): Promise<void> {
  return hold(context);
}
