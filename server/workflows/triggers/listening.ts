import type { Context } from "#server/platform/context.ts";
import { type ListeningVersion, selectListening } from "./queries.ts";

/** Versions of workflows that contacts enter, or that still have somebody inside. */
export function listeningVersions(context: Context): Promise<ListeningVersion[]> {
  return selectListening(context);
}
