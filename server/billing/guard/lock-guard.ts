import type { Context } from "#server/platform/context.ts";
import { lockTier } from "../queries.ts";
import { type HeldGuard, shareFor } from "./margin.ts";
import { lockAlone, lockShared, lockSlot } from "./queries.ts";

/**
 * Has the account's guard alone until the transaction ends; taken before any other lock of billing. So does what would
 * make a raise wrong: deleting, merging, opting out, and whatever takes limit or maximum away.
 */
export function lockGuard(context: Context): Promise<void> {
  return lockAlone(context);
}

/**
 * Shares the guard for a raise of so many contacts, a large one with one of the account's slots, which comes first.
 * False when this raise may only be made with the guard alone; nothing is locked then.
 */
export async function shareGuard(context: Context, held: HeldGuard, contacts: number): Promise<boolean> {
  const share = shareFor(held, contacts);
  if (share === null) return false;
  if (share.slot) await lockSlot(context);
  await lockShared(context, share.contacts);
  return true;
}

/** Keeps tier, limit, maximum and price book as they are until the transaction ends; taken after the guard. */
export function keepLimits(context: Context): Promise<void> {
  return lockTier(context);
}
