import type { Context } from "#server/platform/context.ts";
import { type Leaving, selectLeavingRows } from "./queries.ts";

/** Who leaves in a span, by instant and by what scheduled them. */
export function selectLeaving(context: Context, span: { from: Date; to: Date }): Promise<Leaving[]> {
  return selectLeavingRows(context, span);
}
