import { type RawBuilder, sql } from "kysely";
import type { z } from "zod";
import type * as contract from "#contract/marketing-status.ts";
import { type Room, roomFor, tierNeeded, tierPrices } from "#server/billing/growth-policy.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { requireMarketingContacts } from "#server/billing/require-plan.ts";
import { fallWithFewer } from "#server/billing/tiers/look-ahead.ts";
import { nextUpdateInstant } from "#server/billing/update-instant.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { type GrowthNow, loadGrowth } from "../holds/load-growth.ts";
import { withinRoom } from "../holds/within-room.ts";
import { changingOutcomes, TYPED_RAISE } from "../marketing-status.ts";
import { classify, livingContacts } from "../status/classify.ts";
import { selectUsage } from "../usage/queries.ts";
import { countGroups, type GroupCount } from "./queries.ts";

type Preview = z.input<typeof contract.previewStatus.reply>;

/** What setting these contacts would do, before anybody decides. */
export async function previewStatus(
  context: Context,
  { selection, to, includeProtected }: z.output<typeof contract.previewStatus.input>,
): Promise<Preview> {
  if (to === "marketing") await requireMarketingContacts(context);
  const billing = await loadBilling(context);
  const next = nextUpdateInstant(billing.calendar, billing.now);
  const known = "ids" in selection ? { ids: selection.ids } : {};
  const scope = known.ids ? livingContacts(context, known.ids) : await selectContacts(context, selection);
  const growth = await loadGrowth(context);
  const room = to === "marketing" ? roomOf(growth) : null;
  const { hasHeld } = growth;
  const groups = await countGroups(context, { scope, to, includeProtected, room, hasHeld, ...known });
  const usage = await effectOnUsage(context, groups, { now: billing.now, next });
  const willChange = countChanging(groups);
  return {
    total: groups.reduce((sum, { contacts }) => sum + contacts, 0),
    groups: groups.map(({ outcome, reason, contacts }) => ({ outcome, reason, contacts })),
    willChange,
    effectiveAt: (to === "marketing" ? billing.now : next).toISOString(),
    timeZone: billing.calendar.timeZone,
    usage,
    contactLimit: billing.contactLimit,
    growth: effectOnTier(context, growth, usage.after),
    fall: to === "marketing" ? null : await effectOnFall(context, billing, willChange),
    mustType: to === "marketing" && isMuch(willChange, { after: usage.after, limit: billing.contactLimit }),
  };
}

/** A raise that asks for its number: many contacts, or past the contact limit. */
function isMuch(raised: number, { after, limit }: { after: number; limit: number | null }): boolean {
  return raised >= TYPED_RAISE || (raised > 0 && limit !== null && after > limit);
}

/** When and how far the price falls, where it does. */
async function effectOnFall(
  context: Context,
  billing: Parameters<typeof fallWithFewer>[1],
  lowered: number,
): Promise<Preview["fall"]> {
  const fall = lowered === 0 ? null : await fallWithFewer(context, billing, lowered);
  if (fall === null) return null;
  const { tier, update, saving, example } = fall;
  return { tier, day: update.day, saving, currency: billing.currency, example };
}

/** What a raise of any size has room for at this moment. */
export function roomOf(growth: GrowthNow): Room | null {
  return roomFor(growth, growth.usage, 0);
}

/** The account's policy, and the tier that the raise moves up to with its price. */
function effectOnTier({ actor }: Context, growth: GrowthNow, after: number): Preview["growth"] {
  const { policy, maximum, currency, example } = growth;
  const tier = policy === "move_up" ? tierNeeded(growth, after) : null;
  const mayKnow = currency !== null && actor.permissions.has("billing.view");
  const prices = mayKnow ? tierPrices(growth, tier) : null;
  return {
    policy,
    maximum,
    tier,
    price: prices && currency !== null ? { ...prices, currency, example } : null,
  };
}

export function countChanging(groups: readonly GroupCount[]): number {
  return groups
    .filter(({ outcome }) => changingOutcomes.includes(outcome))
    .reduce((sum, { contacts }) => sum + contacts, 0);
}

async function effectOnUsage(
  context: Context,
  groups: readonly GroupCount[],
  { now, next }: { now: Date; next: Date },
): Promise<Preview["usage"]> {
  const usageNow = (await selectUsage(context, now)).marketing;
  const without = (await selectUsage(context, next)).marketing;
  const contacts = (name: string) =>
    groups.filter(({ outcome }) => outcome === name).reduce((sum, group) => sum + group.contacts, 0);
  return {
    now: usageNow,
    after: usageNow + contacts("set_marketing"),
    atNextUpdate: without + contacts("set_marketing") + contacts("unscheduled") - contacts("scheduled"),
    atNextUpdateWithout: without,
  };
}

interface WantedOf extends Wanted {
  /** A select of one column `id`. */
  readonly scope: RawBuilder<unknown>;
  /** What they will have become by then, as `classify` asks. */
  readonly standing?: RawBuilder<unknown> | undefined;
}

/** What a source that runs by itself would do with some contacts, as it would do it now: groups that add up to them. */
export async function previewScope(
  context: Context,
  { scope, standing, ...wanted }: WantedOf,
): Promise<GroupCount[]> {
  const limits = await limitsOf(context, wanted);
  return countGroups(context, { scope, to: wanted.to, includeProtected: false, standing, ...limits });
}

/** What becomes of the contacts of `scope` by that: a select of id and until, for what comes after. */
export async function standingAfter(
  context: Context,
  { scope, standing, ...wanted }: WantedOf,
): Promise<RawBuilder<unknown>> {
  const limits = await limitsOf(context, wanted);
  const billing = await loadBilling(context);
  const next = nextUpdateInstant(billing.calendar, billing.now);
  const classified = classify(context, { scope, to: wanted.to, includeProtected: false, standing });
  return sql`select id, case when outcome in ('set_marketing', 'unscheduled') then 'infinity'::timestamptz
      when outcome = 'scheduled' then ${next}::timestamptz else until end as until
    from (${withinRoom(context, classified, { ...limits, columns: sql`, until` })}) become`;
}

interface Wanted {
  readonly to: "marketing" | "non_marketing";
  /** Raises that others have found room for before; none unless told otherwise. */
  readonly taken?: number;
  /** Which part of the contacts it is about, by chance; all unless told otherwise. */
  readonly share?: number;
}

/** What is left for a raise after others, as `withinRoom` asks. */
export async function limitsOf(
  context: Context,
  { to, taken = 0, share = 1 }: Wanted,
): Promise<{ room: Room | null; hasHeld: boolean }> {
  const growth = await loadGrowth(context);
  const room = to === "marketing" ? roomFor(growth, growth.usage + taken, 0) : null;
  const contacts = Math.floor((room?.contacts ?? 0) / share);
  return { room: room && { ...room, contacts }, hasHeld: growth.hasHeld };
}
