import type { Context } from "#server/platform/context.ts";
import { forgetDaysFrom } from "../usage/queries.ts";
import { type SettledInstant, settle } from "./queries.ts";

/**
 * Settles rows whose time has passed, in the caller's transaction: these contacts', or any so many. Days that were
 * rolled up before are made anew, because what is entered now happened then.
 */
export async function settleSome(
  context: Context,
  rows: { readonly ids?: readonly string[]; readonly limit: number },
): Promise<SettledInstant[]> {
  const settled = await settle(context, rows);
  const [earliest] = settled;
  if (earliest) await forgetDaysFrom(context, earliest.until);
  return settled;
}
