import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTier, monthlyPrice, type Prices, priceProblem, proRated, tierAbove, tierFor } from "./tier.ts";

// 50 a step up to 3,000, 45 up to 5,000, 40 from there on: each block at its own rate.
const starter: Prices = {
  included: 1000,
  base: 0,
  blocks: [
    { from: 1000, to: 3000, step: 1000, price: 5000 },
    { from: 3000, to: 5000, step: 1000, price: 4500 },
    { from: 5000, to: null, step: 1000, price: 4000 },
  ],
};
const professional: Prices = {
  included: 2000,
  base: 80_000,
  blocks: [{ from: 2000, to: null, step: 5000, price: 22_500 }],
};

describe("the tier of a number of contacts", () => {
  test.for([
    [starter, 0, 1000],
    [starter, 1000, 1000],
    [starter, 1001, 2000],
    [starter, 1003, 2000],
    [starter, 3000, 3000],
    [starter, 3001, 4000],
    [professional, 2000, 2000],
    [professional, 2001, 7000],
    [professional, 7001, 12_000],
  ] as const)("%#: the lowest that fits", ([prices, contacts, tier]) => {
    expect(tierFor(prices, contacts)).toBe(tier);
    expect(isTier(prices, tier)).toBe(true);
  });

  test("ends where the price book ends", () => {
    const small: Prices = { included: 10, base: 0, blocks: [{ from: 10, to: 30, step: 10, price: 1 }] };
    expect([tierFor(small, 30), tierFor(small, 31), tierAbove(small, 30)]).toEqual([30, null, null]);
    expect(tierFor({ ...small, blocks: [] }, 11)).toBeNull();
  });

  test("fits its contacts and is the lowest that does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15_000_000 }), (contacts) => {
        const tier = tierFor(starter, contacts) ?? 0;
        expect(tier >= contacts && (tier === starter.included || tier - 1000 < contacts)).toBe(true);
        expect(tierAbove(starter, tier)).toBe(tier + 1000);
      }),
    );
  });
});

describe("prices", () => {
  test("each step has the rate of its own block", () => {
    expect(monthlyPrice(starter, 1000)).toBe(0);
    expect(monthlyPrice(starter, 3000)).toBe(10_000);
    expect(monthlyPrice(starter, 4000)).toBe(14_500);
    expect(monthlyPrice(starter, 7000)).toBe(10_000 + 9000 + 8000);
    expect(monthlyPrice(professional, 12_000)).toBe(80_000 + 2 * 22_500);
  });

  test("a tier outside the steps costs as the next one", () => {
    expect(monthlyPrice(starter, 1500)).toBe(monthlyPrice(starter, 2000));
    expect(monthlyPrice(starter, 500)).toBe(0);
  });

  test("pro-rating rounds half up to the minor unit", () => {
    expect(proRated(1, 1, 2)).toBe(1);
    expect(proRated(1, 1, 3)).toBe(0);
    expect(proRated(5000, 10, 30)).toBe(1667);
    expect(proRated(4500, 15, 31)).toBe(2177);
    expect(proRated(5000, 0, 30)).toBe(0);
    expect(proRated(5000, 30, 30)).toBe(5000);
    expect(proRated(9_007_199_254_740_000, 364, 365)).toBe(8_982_521_996_507_836);
  });
});

describe("a price book's page", () => {
  const block = { from: 1000, to: null, step: 1000, price: 1 };
  test.for([
    ["sound", starter, null],
    ["without blocks", { ...starter, blocks: [] }, null],
    ["with a gap", { ...starter, blocks: [{ ...block, from: 2000 }] }, "gap"],
    ["with an overlap", { ...starter, blocks: [{ ...block, from: 500 }] }, "overlap"],
    ["with a block of nothing", { ...starter, blocks: [{ ...block, to: 1000 }] }, "overlap"],
    ["with half a step", { ...starter, blocks: [{ ...block, to: 2500 }] }, "not_whole_steps"],
    ["with two endless blocks", { ...starter, blocks: [block, block] }, "endless_too_early"],
    ["with a negative price", { ...starter, blocks: [{ ...block, price: -1 }] }, "not_a_number"],
    ["with steps of nothing", { ...starter, blocks: [{ ...block, step: 0 }] }, "not_a_number"],
    ["with half a contact", { ...starter, included: 0.5 }, "not_a_number"],
    ["with nothing included", { ...starter, included: 0, blocks: [] }, "not_a_number"],
  ] as const)("%s", ([, prices, problem]) => {
    expect(priceProblem(prices)?.problem ?? null).toBe(problem);
  });
});
