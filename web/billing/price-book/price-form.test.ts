import { describe, expect, test } from "vitest";
import {
  decimals,
  emptyPage,
  fieldOf,
  formValues,
  isFilledIn,
  nextBlock,
  type PricePage,
  priceInput,
} from "./price-form.ts";

const page = (currency: string): PricePage => ({
  plan: "professional",
  currency,
  included: 2000,
  base: 80_000,
  tierFalls: "renewal",
  blocks: [{ from: 2000, to: null, step: 5000, price: 22_501 }],
  example: true,
  updatedAt: "2026-11-18T12:00:00.000Z",
  accounts: 0,
});

describe("prices are typed in major units and travel in minor ones", () => {
  test.for([
    ["EUR", 2, 800, 225.01],
    ["JPY", 0, 80_000, 22_501],
    ["KWD", 3, 80, 22.501],
  ] as const)("%s", ([currency, digits, base, price]) => {
    expect(decimals(currency)).toBe(digits);
    const values = formValues(page(currency));
    expect([values.base, values.blocks[0]?.price]).toEqual([base, price]);
    const { example: _, updatedAt: __, accounts: ___, ...sent } = page(currency);
    expect(priceInput(values)).toEqual(sent);
  });

  test("what is no whole minor unit stays so, for the server to refuse", () => {
    expect(priceInput({ ...formValues(page("JPY")), base: 0.5 }).base).toBe(0.5);
    expect(priceInput({ ...formValues(page("EUR")), base: 0.29 }).base).toBe(29);
    expect(priceInput({ ...emptyPage(), currency: "eur" })).toMatchObject({ currency: "EUR", included: -1 });
  });
});

test("a new block goes on where the last one ends", () => {
  const values = formValues(page("EUR"));
  values.blocks = values.blocks.map((block) => ({ ...block, to: 12_000 }));
  expect(nextBlock(values)).toMatchObject({ from: 12_000, to: "", step: 5000 });
  expect(nextBlock({ ...values, blocks: [] })).toMatchObject({ from: 2000 });
});

test("a refusal goes to its field", () => {
  expect(fieldOf("billing:prices_gap", { block: 2, field: "from" })).toBe("blocks.1.from");
  expect(fieldOf("billing:prices_not_a_number", { block: 0, field: "base" })).toBe("base");
  expect(fieldOf("billing:currency_unknown", {})).toBe("currency");
  expect(fieldOf("billing:prices_missing", {})).toBeUndefined();
});

test("what a page would mean is asked once it is filled in", () => {
  const filled = formValues(page("EUR"));
  expect(isFilledIn(emptyPage())).toBe(false);
  expect(isFilledIn(filled)).toBe(true);
  expect(isFilledIn({ ...filled, currency: "EU" })).toBe(false);
  expect(isFilledIn({ ...filled, blocks: [{ ...filled.blocks[0]!, price: "" }] })).toBe(false);
});
