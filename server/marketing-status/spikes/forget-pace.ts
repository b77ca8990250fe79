import type { Context } from "#server/platform/context.ts";
import { forgetOldPace } from "./queries.ts";

/** What sources did more than an hour ago no longer tells anything. */
export function forgetPace(context: Context): Promise<void> {
  return forgetOldPace(context);
}
