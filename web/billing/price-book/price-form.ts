import type { UseFormReturnType } from "@mantine/form";
import type { Input, Reply } from "../../api.ts";
import { majorUnits } from "../billing-query.ts";

export type PricePage = Reply<"GET /api/price-book">["pages"][number];
export type PriceInput = Input<"POST /api/price-book/preview">;

/** Numbers as they are typed: empty while nothing is. Prices in major units, as people write them. */
interface BlockValues {
  key: string;
  from: number | string;
  /** Empty: without end. */
  to: number | string;
  step: number | string;
  price: number | string;
}

export interface PriceValues {
  plan: PriceInput["plan"];
  currency: string;
  included: number | string;
  base: number | string;
  blocks: BlockValues[];
  tierFalls: PriceInput["tierFalls"];
}

export type PriceForm = UseFormReturnType<PriceValues>;

let blocks = 0;

/** How many decimals a currency has: none for JPY, three for KWD. */
export function decimals(currency: string): number {
  try {
    const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", {
      style: "currency",
      currency,
    }).resolvedOptions();
    return maximumFractionDigits;
  } catch {
    return 2;
  }
}

/** Whether there is enough to ask what it would mean: until then a refusal tells nothing. */
export function isFilledIn({ currency, included, base, blocks: typed }: PriceValues): boolean {
  const numbers = [included, base, ...typed.flatMap(({ from, step, price }) => [from, step, price])];
  return currency.trim().length === 3 && numbers.every((number) => number !== "");
}

export function formValues(page: PricePage): PriceValues {
  const { plan, currency, included, base, tierFalls } = page;
  return {
    plan,
    currency,
    included,
    tierFalls,
    base: majorUnits(base, currency),
    blocks: page.blocks.map(({ from, to, step, price }) => ({
      key: `block-${++blocks}`,
      from,
      to: to ?? "",
      step,
      price: majorUnits(price, currency),
    })),
  };
}

export function emptyPage(): PriceValues {
  return {
    plan: "professional",
    currency: "",
    included: "",
    base: "",
    tierFalls: "renewal",
    blocks: [{ key: `block-${++blocks}`, from: "", to: "", step: "", price: "" }],
  };
}

/** A block that goes on where the last one ends; without an end it is ended where its first step is. */
export function nextBlock(values: PriceValues): BlockValues {
  const last = values.blocks.at(-1);
  const from = last === undefined ? values.included : last.to;
  return { key: `block-${++blocks}`, from, to: "", step: last?.step ?? "", price: last?.price ?? "" };
}

/** What the server judges. What is empty is no number there either, so that it says so at the field. */
export function priceInput({ plan, currency, included, base, blocks, tierFalls }: PriceValues): PriceInput {
  const code = currency.trim().toUpperCase();
  const minor = (value: number | string) => {
    const amount = number(value) * 10 ** decimals(code);
    // 0.29 * 100 is 28.999…: what is nearly whole is meant to be.
    return Math.abs(amount - Math.round(amount)) < 1e-6 ? Math.round(amount) : amount;
  };
  return {
    plan,
    currency: code,
    tierFalls,
    included: number(included),
    base: minor(base),
    blocks: blocks.map(({ from, to, step, price }) => ({
      from: number(from),
      step: number(step),
      price: minor(price),
      to: to === "" ? null : number(to),
    })),
  };
}

/** JSON has no NaN, so nothing typed travels as -1, which no field allows. */
function number(value: number | string): number {
  return value === "" || Number.isNaN(Number(value)) ? -1 : Number(value);
}

/** Where the server's refusal belongs: the path of the form's field; undefined when it is about none. */
export function fieldOf(reason: string, details: Record<string, unknown>): string | undefined {
  const [, refusal = ""] = reason.split(":");
  if (refusal === "currency_unknown") return "currency";
  const { block, field } = details;
  if (!refusal.startsWith("prices_") || typeof field !== "string" || typeof block !== "number") {
    return undefined;
  }
  return block === 0 ? field : `blocks.${block - 1}.${field}`;
}
