import type { Context } from "#server/platform/context.ts";
import { countHeld as count } from "./queries.ts";

/** How many raises of the account wait for approval. */
export function countHeld(context: Context): Promise<number> {
  return count(context);
}
