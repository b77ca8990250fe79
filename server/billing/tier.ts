/** Contact tiers are named by their top: the largest number of marketing contacts they allow. */
export interface Block {
  /** The block's tiers lie above `from`, up to `to`; `null` has no end. Blocks follow each other without gap. */
  readonly from: number;
  readonly to: number | null;
  /** Contacts per step: from 2,000 with steps of 5,000 the tiers are 7,000, 12,000 ... */
  readonly step: number;
  /** Price of one step for a month, in minor units of the currency. */
  readonly price: number;
}

/** The price book's page for one plan in one currency. */
export interface Prices {
  /** Contacts included in the plan: the lowest tier. */
  readonly included: number;
  /** Price of the plan with the included contacts for a month, in minor units. */
  readonly base: number;
  readonly blocks: readonly Block[];
}

/** The lowest tier that a number of contacts fits in; null when the price book ends below it. */
export function tierFor({ included, blocks }: Prices, contacts: number): number | null {
  if (contacts <= included) return included;
  const block = blocks.find(({ to }) => to === null || contacts <= to);
  if (block === undefined) return null;
  return block.from + Math.ceil((contacts - block.from) / block.step) * block.step;
}

/** The next tier above one; null when there is none. */
export function tierAbove(prices: Prices, tier: number): number | null {
  return tierFor(prices, tier + 1);
}

export function isTier(prices: Prices, contacts: number): boolean {
  return tierFor(prices, contacts) === contacts;
}

/** A month's price of a tier in minor units: the plan, then each step at the rate of its own block. */
export function monthlyPrice({ base, blocks }: Prices, tier: number): number {
  return blocks.reduce((sum, { from, to, step, price }) => {
    const top = to === null ? tier : Math.min(tier, to);
    return sum + Math.max(0, Math.ceil((top - from) / step)) * price;
  }, base);
}

/** The price of the days left in a term, rounded half up to the minor unit. */
export function proRated(price: number, daysLeft: number, daysInTerm: number): number {
  const [amount, left, all] = [BigInt(price), BigInt(daysLeft), BigInt(daysInTerm)];
  return Number((2n * amount * left + all) / (2n * all));
}

export type PriceProblem = "gap" | "overlap" | "not_whole_steps" | "not_a_number" | "endless_too_early";

/** What is wrong with a price book's page, and at which contact; null when it is sound. */
export function priceProblem({
  included,
  base,
  blocks,
}: Prices): { problem: PriceProblem; at: number } | null {
  if (![included, base].every(isAmount) || included === 0) return { problem: "not_a_number", at: included };
  let reached = included;
  for (const [index, block] of blocks.entries()) {
    const problem = blockProblem(block, reached, index === blocks.length - 1);
    if (problem !== null) return { problem, at: block.from };
    reached = block.to ?? Number.POSITIVE_INFINITY;
  }
  return null;
}

function blockProblem({ from, to, step, price }: Block, reached: number, last: boolean): PriceProblem | null {
  if (![from, step, price].every(isAmount) || step === 0) return "not_a_number";
  if (from !== reached) return from > reached ? "gap" : "overlap";
  if (to === null) return last ? null : "endless_too_early";
  if (!isAmount(to)) return "not_a_number";
  if (to <= from) return "overlap";
  return (to - from) % step === 0 ? null : "not_whole_steps";
}

function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
