import { nextUpdateInstant } from "#server/billing/update-instant.ts";
import type { Limits, World } from "./status-world.ts";

// Tiers, limits and bookings once more, as small as they can be said. Tiers are 2, 4, 6 and so on, without end.

export const STEP = 2;

interface Change extends Partial<Limits> {
  /** Lowers at once, to put right what was entered. */
  readonly when?: "now";
}

export type BillingStep =
  | { do: "settings"; change: Change }
  | { do: "book"; wish: number | "stay" | "lowest" }
  | { do: "renew" };

export function isBillingStep(step: { do: string }): step is BillingStep {
  return step.do === "renew" || step.do === "book" || step.do === "settings";
}

export const calendar = ({ anchor }: Pick<World, "anchor">) =>
  ({ term: "monthly", anchor, timeZone: "Europe/Warsaw" }) as const;

const usageAt = ({ people }: World, at: number) =>
  people.filter(({ until }) => until !== null && until > at).length;

/** Time passes; of each update on the way it is known how many counted when it came. */
export function pass(world: World, until: number): void {
  let at = nextUpdateInstant(calendar(world), new Date(world.now));
  for (; at.getTime() <= until; at = nextUpdateInstant(calendar(world), at)) {
    world.due.push(usageAt(world, at.getTime()));
  }
  world.now = until;
}

export function takeBillingStep(world: World, step: BillingStep): void {
  if (step.do === "renew") renew(world);
  else if (step.do === "book") book(world, step.wish);
  else change(world, step.change);
}

/** The job may be late: what has been raised since has to fit as well. */
export function renew(world: World): void {
  const now = usageAt(world, world.now);
  for (const then of world.due) {
    world.limits.tier = fallen(world, Math.max(then, now));
    world.booking = undefined;
  }
  world.due = [];
}

/** A booked tier is taken if everybody fits; without a booking it is the lowest in which they do. */
function fallen({ limits: { tier }, booking }: World, usage: number): number {
  if (booking === null) return tier;
  if (booking !== undefined) return booking < tier && usage <= booking ? booking : tier;
  return Math.min(tier, Math.max(STEP, Math.ceil(usage / STEP) * STEP));
}

function book(world: World, wish: number | "stay" | "lowest"): void {
  if (typeof wish === "number" && wish >= world.limits.tier) world.isRefused = true;
  else if (wish === "lowest") world.booking = undefined;
  else world.booking = wish === "stay" ? null : wish;
}

/** A refusal changes nothing at all, not even what updates have brought meanwhile. */
function change(world: World, wanted: Change): void {
  const before = { limits: { ...world.limits }, booking: world.booking, due: world.due };
  renew(world);
  world.isRefused = isImpossible(world, wanted);
  if (world.isRefused) return void Object.assign(world, before);
  const { policy = world.limits.policy, maximum = world.limits.maximum, tier, when } = wanted;
  Object.assign(world.limits, { policy, maximum });
  if (tier !== undefined) setTier(world, tier, when === "now");
}

function isImpossible(world: World, { maximum, tier, when }: Change): boolean {
  const usage = usageAt(world, world.now);
  const corrects = tier !== undefined && tier < world.limits.tier && when === "now";
  return (typeof maximum === "number" && maximum < usage) || (corrects && usage > tier);
}

/** Up at once, down when the tier may fall. */
function setTier(world: World, tier: number, now: boolean): void {
  const isBooked = tier < world.limits.tier && !now;
  world.booking = isBooked ? tier : undefined;
  if (!isBooked) world.limits.tier = tier;
}
