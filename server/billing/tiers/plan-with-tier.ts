import type { Plan } from "#contract/billing.ts";
import type { Context } from "#server/platform/context.ts";
import type { Billing } from "../billing.ts";
import { selectPrices } from "../queries.ts";
import { sameRoom } from "./tier-fall.ts";

/** Another plan, with the tier of its prices that keeps the room there is; null where those prices have none. */
export async function planWithTier(
  { db }: Context,
  { counting, currency, tier }: Billing,
  plan: Plan,
): Promise<{ plan: Plan; tier: number } | null> {
  const prices = (await selectPrices(db, plan, currency)) ?? null;
  if (counting === "clients" && prices === null) return null;
  const room = sameRoom({ counting, prices }, tier);
  return room === null ? null : { plan, tier: room };
}
