import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "#server/platform/errors.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { listPrices } from "./list-prices.ts";
import { previewPrices } from "./preview-prices.ts";
import { deletePrices, savePrices } from "./save-prices.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const page = {
  plan: "professional",
  currency: "EUR",
  included: 2000,
  base: 70_000,
  blocks: [
    { from: 2000, to: 12_000, step: 5000, price: 20_000 },
    { from: 12_000, to: null, step: 10_000, price: 30_000 },
  ],
  tierFalls: "update",
} as const;
const withBlocks = (...blocks: { from: number; to: number | null; step: number; price: number }[]) => ({
  ...page,
  blocks,
});
const block = { from: 2000, to: null, step: 5000, price: 1 };

describe("a page", () => {
  test("shows what it changes, and once saved is no example", async () => {
    const context = buildContext(database.db, { accountId: await buildAccount(database.db) });
    await buildAccount(database.db, { counting: "clients", tier: 17_000 });
    await buildAccount(database.db, { counting: "clients", tier: 12_000 });
    await buildAccount(database.db, { counting: "count", tier: 17_000 });
    const preview = await previewPrices(context, { ...page, blocks: [...page.blocks] });
    expect(preview.withoutStep).toMatchObject([{ tier: 17_000, holds: 22_000, priceAfter: 140_000 }]);
    expect(preview.repriced).toMatchObject([{ tier: 12_000, priceBefore: 125_000, priceAfter: 110_000 }]);
    expect(preview.tiers.slice(0, 4)).toEqual([
      { tier: 2000, price: 70_000 },
      { tier: 7000, price: 90_000 },
      { tier: 12_000, price: 110_000 },
      { tier: 22_000, price: 140_000 },
    ]);
    expect((await listPrices(context)).pages.every(({ example }) => example)).toBe(true);
    expect(await savePrices(context, { ...page, blocks: [...page.blocks] })).toMatchObject({
      example: false,
    });
    const kept = (await listPrices(context)).pages.filter(({ example }) => !example);
    expect(kept).toMatchObject([{ plan: "professional", currency: "EUR", tierFalls: "update" }]);
  });

  test("in a currency without hundredths, or with thousandths, is added and removed", async () => {
    const context = buildContext(database.db);
    for (const currency of ["jpy", "KWD"]) await savePrices(context, { ...withBlocks(), currency });
    const currencies = async () => (await listPrices(context)).pages.map(({ currency }) => currency);
    expect(await currencies()).toEqual(expect.arrayContaining(["JPY", "KWD"]));
    await deletePrices(context, { plan: "professional", currency: "JPY" });
    expect(await currencies()).not.toContain("JPY");
    await expect(deletePrices(context, { plan: "professional", currency: "JPY" })).rejects.toThrow(
      "billing:prices_missing",
    );
  });

  test("that accounts pay by is not removed", async () => {
    await buildAccount(database.db, { counting: "clients" });
    const removing = deletePrices(buildContext(database.db), { plan: "professional", currency: "EUR" });
    await expect(removing).rejects.toThrow("billing:prices_in_use");
  });
});

describe("a page that is not sound is refused at its field, and nothing is saved", () => {
  test.for([
    ["a gap", withBlocks({ ...block, from: 3000 }), "gap", 1, "from"],
    ["an overlap", withBlocks({ ...block, to: 7000 }, { ...block, from: 2000 }), "overlap", 2, "from"],
    ["an end before its start", withBlocks({ ...block, to: 1000 }), "overlap", 1, "to"],
    ["half a step", withBlocks({ ...block, to: 9000 }), "not_whole_steps", 1, "step"],
    ["a block after the endless one", withBlocks(block, block), "endless_too_early", 1, "to"],
    ["a negative price", withBlocks({ ...block, price: -1 }), "not_a_number", 1, "price"],
    ["half a minor unit", withBlocks({ ...block, price: 0.5 }), "not_a_number", 1, "price"],
    ["steps of nothing", withBlocks({ ...block, step: 0 }), "not_a_number", 1, "step"],
    ["nothing included", { ...withBlocks(), included: 0 }, "not_a_number", 0, "included"],
    ["a negative base", { ...withBlocks(), base: -5 }, "not_a_number", 0, "base"],
    ["too much", { ...withBlocks(), base: 1e15 }, "too_large", 0, "base"],
  ] as const)("%s", async ([, wrong, problem, number, field]) => {
    const context = buildContext(database.db);
    const before = await listPrices(context);
    const refusal = await savePrices(context, { ...wrong, blocks: [...wrong.blocks] }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(AppError);
    expect((refusal as AppError).message).toContain(`billing:prices_${problem}`);
    expect((refusal as AppError).details).toMatchObject({ block: number, field });
    expect(await listPrices(context)).toEqual(before);
  });
});
