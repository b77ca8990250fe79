import { keepLimits, lockGuard, shareGuard } from "#server/billing/guard/lock-guard.ts";
import type { Context } from "#server/platform/context.ts";
import { type GrowthNow, loadGrowth } from "../holds/load-growth.ts";

export type Entered = GrowthNow & { readonly isAlone: boolean };

/**
 * Before a raise: shares the account's guard while limit and maximum are far away, and takes it alone near them, so that
 * the sum that comes back is exact until the transaction ends. It is taken before the billing lock, everywhere.
 * Who may take usage down (`lowers`) has it alone near a share that people are told of, too: a raise that crosses it
 * would otherwise commit and be gone before anybody has looked.
 */
export async function enterGuard(
  context: Context,
  { contacts, alone = false, lowers = false }: { contacts: number; alone?: boolean; lowers?: boolean },
): Promise<Entered> {
  const isFar = ({ isNear, isNearShare }: GrowthNow) => !isNear && !(lowers && isNearShare);
  const before = await loadGrowth(context);
  if (!alone && isFar(before) && (await shareGuard(context, before.guard, contacts))) {
    const growth = await loadGrowth(context);
    if (isFar(growth)) return { ...growth, isAlone: false };
  }
  await lockGuard(context);
  await keepLimits(context);
  return { ...(await loadGrowth(context)), isAlone: true };
}
