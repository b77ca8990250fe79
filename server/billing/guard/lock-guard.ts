import type { Context } from "#server/platform/context.ts";
import { insertGuardRow, lockGuardRow } from "./queries.ts";

/**
 * Held until the transaction ends, and taken before any other lock of billing. Raises share the account's guard; what
 * would make a raise wrong takes it alone: deleting, merging, opting out, and whatever takes limit or maximum away.
 */
export async function lockGuard(context: Context, mode: "share" | "alone"): Promise<void> {
  if (await lockGuardRow(context, mode)) return;
  await insertGuardRow(context);
  await lockGuardRow(context, mode);
}
