import type { z } from "zod";
import type * as contract from "#contract/review.ts";
import type { Among } from "#contract/review.ts";
import { roomForApproval, tierNeeded, tierPrices } from "#server/billing/growth-policy.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { type GrowthNow, loadGrowth } from "../holds/load-growth.ts";
import { TYPED_RAISE } from "../marketing-status.ts";
import { countDecided, heldAmong } from "./queries.ts";

type Preview = z.input<typeof contract.previewApproval.reply>;

/** What approving these held contacts would do and cost, before anybody decides. */
export async function previewApproval(context: Context, { selection, source }: Among): Promise<Preview> {
  const growth = await loadGrowth(context);
  const scope = heldAmong(context, await selectContacts(context, selection), source);
  const groups = await countDecided(context, { scope, ...approvalRoom(growth) });
  const approved = groups
    .filter(({ outcome }) => outcome === "approved")
    .reduce((sum, { contacts }) => sum + contacts, 0);
  const { usage, contactLimit, maximum } = growth;
  const tier = tierNeeded(growth, usage + approved);
  return {
    total: groups.reduce((sum, { contacts }) => sum + contacts, 0),
    groups: groups.map(({ outcome, reason, contacts }) => ({ outcome, reason, contacts })),
    approved,
    usage: { now: usage, after: usage + approved },
    contactLimit,
    maximum,
    room: contactLimit === null ? null : Math.max(0, contactLimit - usage),
    tier,
    price: priceOf(context, growth, tier),
    mustType: approved >= TYPED_RAISE || (tier !== null && approved > 0),
  };
}

/** Everybody stays below this where nothing else ends the room. */
const ENDLESS = 1_000_000_000;

/** Places that approval could give out: up to the last tier, never beyond the maximum. */
export function approvalRoom(growth: GrowthNow): { contacts: number; barrier: "limit" | "maximum" } {
  return roomForApproval(growth, growth.usage) ?? { contacts: ENDLESS, barrier: "limit" };
}

/** Only for those who may see billing, and only in the account's own currency. */
function priceOf({ actor }: Context, growth: GrowthNow, tier: number | null): Preview["price"] {
  if (growth.currency === null || !actor.permissions.has("billing.view")) return null;
  const prices = tierPrices(growth, tier);
  return prices && { ...prices, currency: growth.currency, example: growth.example };
}
