import { lockGuard } from "#server/billing/guard/lock-guard.ts";
import { CHUNK_SIZE } from "#server/operations/operation.ts";
import type { Context } from "#server/platform/context.ts";
import { type GrowthNow, loadGrowth } from "../holds/load-growth.ts";
import { keepLimits } from "../holds/queries.ts";

/**
 * Before a raise: shares the account's guard while limit and maximum are far away, and takes it alone near them, so that
 * the sum that comes back is exact until the transaction ends. It is taken before the billing lock, everywhere.
 */
export async function enterGuard(
  context: Context,
  { contacts, alone = false }: { contacts: number; alone?: boolean },
): Promise<GrowthNow & { readonly isAlone: boolean }> {
  if (!alone && contacts <= CHUNK_SIZE && !(await loadGrowth(context)).isNear) {
    await lockGuard(context, "share");
    const growth = await loadGrowth(context);
    if (!growth.isNear) return { ...growth, isAlone: false };
  }
  await lockGuard(context, "alone");
  await keepLimits(context);
  return { ...(await loadGrowth(context)), isAlone: true };
}
