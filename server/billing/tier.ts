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

type PriceProblem =
  | "gap"
  | "overlap"
  | "not_whole_steps"
  | "not_a_number"
  | "endless_too_early"
  | "too_large";

/** The largest tier, and the largest amount in minor units: beyond is a slip of the keyboard. */
const LARGEST_TIER = 1_000_000_000;
const LARGEST_PRICE = 1_000_000_000_000;

export interface FoundProblem {
  readonly problem: PriceProblem;
  /** The block, from 1; 0 is what stands above the blocks. */
  readonly block: number;
  readonly field: "included" | "base" | keyof Block;
}

/** What is wrong with a price book's page, and where; null when it is sound. */
export function priceProblem({ included, base, blocks }: Prices): FoundProblem | null {
  const top = numberProblem({ included, base });
  if (top !== null) return { ...top, block: 0 };
  let reached = included;
  for (const [index, block] of blocks.entries()) {
    const found = blockProblem(block, reached, index === blocks.length - 1);
    if (found !== null) return { ...found, block: index + 1 };
    reached = block.to ?? Number.POSITIVE_INFINITY;
  }
  return null;
}

type Found = Omit<FoundProblem, "block">;

function blockProblem(block: Block, reached: number, last: boolean): Found | null {
  const { from, to, step } = block;
  const number = numberProblem(block);
  if (number !== null) return number;
  if (from !== reached) return { problem: from > reached ? "gap" : "overlap", field: "from" };
  if (to === null) return last ? null : { problem: "endless_too_early", field: "to" };
  if (to <= from) return { problem: "overlap", field: "to" };
  return (to - from) % step === 0 ? null : { problem: "not_whole_steps", field: "step" };
}

/** The first field that is no whole number of its kind. Nothing can be included or a step but one or more. */
function numberProblem(numbers: Partial<Record<Found["field"], number | null>>): Found | null {
  for (const [name, value] of Object.entries(numbers)) {
    if (value === null) continue;
    const field = name as Found["field"];
    const isPrice = field === "base" || field === "price";
    const least = field === "included" || field === "step" ? 1 : 0;
    if (!Number.isSafeInteger(value) || value < least) return { problem: "not_a_number", field };
    if (value > (isPrice ? LARGEST_PRICE : LARGEST_TIER)) return { problem: "too_large", field };
  }
  return null;
}
