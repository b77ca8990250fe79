import type { Context } from "#server/platform/context.ts";
import { selectInUse, type VersionInUse } from "./queries.ts";

/** Versions of workflows that contacts enter, or in which somebody is still inside, on or off. */
export function versionsInUse(context: Context): Promise<VersionInUse[]> {
  return selectInUse(context);
}
