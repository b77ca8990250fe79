import { keepLimits, lockGuard, shareGuard } from "#server/billing/guard/lock-guard.ts";
import type { Context } from "#server/platform/context.ts";
import { type GrowthNow, loadGrowth } from "../holds/load-growth.ts";

export type Entered = GrowthNow & { readonly isAlone: boolean };

/**
 * Before a raise: shares the account's guard while limit and maximum are far away, and takes it alone near them, so that
 * the sum that comes back is exact until the transaction ends. It is taken before the billing lock, everywhere.
 */
export async function enterGuard(
  context: Context,
  { contacts, alone = false }: { contacts: number; alone?: boolean },
): Promise<Entered> {
  const before = await loadGrowth(context);
  if (!alone && !before.isNear && (await shareGuard(context, before.guard, contacts))) {
    const growth = await loadGrowth(context);
    if (!growth.isNear) return { ...growth, isAlone: false };
  }
  await lockGuard(context);
  await keepLimits(context);
  return { ...(await loadGrowth(context)), isAlone: true };
}
