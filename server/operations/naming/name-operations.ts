import type { Context } from "#server/platform/context.ts";
import { type NamedOperation, selectNamed } from "./queries.ts";

/** What these operations are called, who began them and when; newest first. */
export function nameOperations(context: Context, ids: readonly string[]): Promise<NamedOperation[]> {
  return selectNamed(context, ids);
}
