import { describe, expect, test } from "vitest";
import {
  type Growth,
  requireMaximum,
  roomFor,
  roomForApproval,
  tierNeeded,
  tierPrices,
} from "./growth-policy.ts";

const prices = {
  included: 2000,
  base: 80_000,
  blocks: [
    { from: 2000, to: 22_000, step: 5000, price: 22_500 },
    { from: 22_000, to: null, step: 5000, price: 20_000 },
  ],
};
const ended = { ...prices, blocks: [{ from: 2000, to: 12_000, step: 5000, price: 22_500 }] };
const growth: Growth = { policy: "hold", contactLimit: 7000, maximum: null, prices };

describe("hold", () => {
  test("ends at the contact limit; the limit itself still fits", () => {
    expect(roomFor(growth, 6990, 25)).toEqual({ contacts: 10, barrier: "limit", beyond: "held", tier: null });
    expect(roomFor(growth, 6990, 10)?.contacts).toBe(10);
    expect(roomFor(growth, 7000, 1)?.contacts).toBe(0);
  });
  test("has no room below nothing, where usage is past the limit already", () => {
    expect(roomFor(growth, 7500, 1)?.contacts).toBe(0);
  });
  test("ends at a maximum that comes first, and says that it is the maximum", () => {
    expect(roomFor({ ...growth, maximum: 6995 }, 6990, 25)).toMatchObject({
      contacts: 5,
      barrier: "maximum",
    });
    expect(roomFor({ ...growth, maximum: 7000 }, 6990, 25)?.barrier).toBe("maximum");
    expect(roomFor({ ...growth, maximum: 7001 }, 6990, 25)?.barrier).toBe("limit");
  });
});

describe("refuse", () => {
  test("ends where hold ends, and refuses the rest", () => {
    expect(roomFor({ ...growth, policy: "refuse" }, 6990, 25)).toMatchObject({
      contacts: 10,
      beyond: "refused",
    });
  });
});

describe("move up", () => {
  const moving: Growth = { ...growth, policy: "move_up" };
  test("takes the lowest tier that fits, several steps at once if need be", () => {
    expect(roomFor(moving, 6990, 10)?.tier).toBeNull();
    expect(roomFor(moving, 6990, 11)?.tier).toBe(12_000);
    expect(roomFor(moving, 6990, 20_000)?.tier).toBe(27_000);
  });
  test("never passes the maximum, and moves only as far as the maximum lets contacts count", () => {
    const room = roomFor({ ...moving, maximum: 9000 }, 6990, 20_000);
    expect(room).toEqual({ contacts: 2010, barrier: "maximum", beyond: "held", tier: 12_000 });
    expect(roomFor({ ...moving, maximum: 6995 }, 6990, 20)?.tier).toBeNull();
  });
  test("ends at the last tier of a price book that ends", () => {
    const room = roomFor({ ...moving, prices: ended }, 11_990, 25);
    expect(room).toEqual({ contacts: 10, barrier: "limit", beyond: "held", tier: 12_000 });
  });
  test("stays where there is no page to go by", () => {
    expect(roomFor({ ...moving, prices: null }, 6990, 25)).toMatchObject({ contacts: 10, tier: null });
  });
  test("keeps a tier that lies above the price book's last", () => {
    expect(roomFor({ ...moving, contactLimit: 50_000, prices: ended }, 49_999, 5)?.contacts).toBe(1);
  });
});

describe("just counting", () => {
  const counting: Growth = { ...growth, contactLimit: null };
  test("has no end, whatever the policy", () => {
    expect(roomFor(counting, 1_000_000, 1_000_000)).toBeNull();
    expect(roomFor({ ...counting, policy: "move_up" }, 1_000_000, 1)).toBeNull();
  });
  test("ends at a maximum all the same", () => {
    expect(roomFor({ ...counting, maximum: 10 }, 4, 25)).toMatchObject({
      contacts: 6,
      barrier: "maximum",
      tier: null,
    });
    expect(roomFor({ ...counting, policy: "move_up", maximum: 10 }, 4, 25)?.contacts).toBe(6);
  });
});

describe("approval", () => {
  test("may pass the limit, never the maximum", () => {
    expect(roomForApproval(growth, 7000)?.contacts).toBeGreaterThan(1_000_000);
    expect(roomForApproval({ ...growth, maximum: 7010 }, 7000)).toEqual({ contacts: 10, barrier: "maximum" });
    expect(roomForApproval({ ...growth, policy: "refuse", maximum: 7010 }, 7000)?.contacts).toBe(10);
  });
  test("needs the step that fits, and says what it costs", () => {
    expect(tierNeeded(growth, 7000)).toBeNull();
    expect(tierNeeded(growth, 7001)).toBe(12_000);
    expect(tierNeeded({ ...growth, contactLimit: null }, 7001)).toBeNull();
    expect(tierPrices(growth, 12_000)).toEqual({ before: 102_500, after: 125_000 });
    expect(tierPrices(growth, null)).toEqual({ before: 102_500, after: 102_500 });
    expect(tierPrices({ ...growth, prices: null }, 12_000)).toBeNull();
  });
});

test("a maximum is a whole number of contacts, or none", () => {
  for (const maximum of [null, 0, 1, 1_000_000_000]) expect(() => requireMaximum(maximum)).not.toThrow();
  for (const maximum of [-1, 1.5, Number.NaN, 1_000_000_001]) {
    expect(() => requireMaximum(maximum)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  }
});
