import { describe, expect, test } from "vitest";
import { decideFall, sameRoom } from "./tier-fall.ts";

const prices = {
  included: 2000,
  base: 80_000,
  blocks: [
    { from: 2000, to: 22_000, step: 5000, price: 22_500 },
    { from: 22_000, to: null, step: 5000, price: 20_000 },
  ],
};
const clients = { counting: "clients", tier: 12_000, prices, booked: undefined } as const;

describe("a tier that may fall", () => {
  test.for([
    [0, 2000],
    [2000, 2000],
    [2001, 7000],
    [7000, 7000],
  ])("with %i marketing contacts goes to the lowest that fits, %i", ([usage, to]) => {
    expect(decideFall(clients, usage as number)).toEqual({ to, kept: null });
  });

  test.for([7001, 12_000, 30_000])("with %i stays", (usage) => {
    expect(decideFall(clients, usage)).toEqual({ to: 12_000, kept: "nothing_lower", wanted: null });
  });

  test("stays when that was chosen", () => {
    expect(decideFall({ ...clients, booked: null }, 10)).toMatchObject({ to: 12_000, kept: "cancelled" });
  });

  test("goes where it was booked, although a lower one would fit", () => {
    expect(decideFall({ ...clients, booked: 7000 }, 10)).toEqual({ to: 7000, kept: null });
  });

  test("is not taken by hand when usage does not fit, not by one", () => {
    expect(decideFall({ ...clients, booked: 7000 }, 7000)).toMatchObject({ to: 7000 });
    expect(decideFall({ ...clients, booked: 7000 }, 7001)).toEqual({
      to: 12_000,
      kept: "usage",
      wanted: 7000,
    });
  });

  test("takes the tier that holds a booked one which the price book no longer has", () => {
    expect(decideFall({ ...clients, booked: 4000 }, 10)).toEqual({ to: 7000, kept: null });
  });

  test("of a vendor falls by itself only where the price book has the present one", () => {
    expect(decideFall({ ...clients, counting: "vendor" }, 10)).toEqual({ to: 2000, kept: null });
    expect(decideFall({ ...clients, counting: "vendor", tier: 9000 }, 10)).toMatchObject({
      kept: "no_prices",
    });
    expect(decideFall({ ...clients, counting: "vendor", prices: null, booked: 3333 }, 10)).toEqual({
      to: 3333,
      kept: null,
    });
  });
});

test("another plan keeps the room there is", () => {
  expect(sameRoom({ counting: "clients", prices }, 3000)).toBe(7000);
  expect(sameRoom({ counting: "clients", prices }, 7000)).toBe(7000);
  expect(sameRoom({ counting: "vendor", prices }, 3000)).toBe(3000);
  const ends = { ...prices, blocks: [{ from: 2000, to: 7000, step: 5000, price: 1 }] };
  expect(sameRoom({ counting: "clients", prices: ends }, 7001)).toBeNull();
});
