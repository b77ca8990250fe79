import type { Context } from "#server/platform/context.ts";
import { touchNaming } from "./queries.ts";

/**
 * Has lists that name a static list look at these contacts again. Those added are looked at in any case: one that is
 * deleted at the same moment must not stay.
 */
export async function touchLists(
  context: Context,
  change: { readonly listId: string; readonly ids: readonly string[]; readonly living: boolean },
): Promise<void> {
  if (change.ids.length > 0) await touchNaming(context, change);
}
