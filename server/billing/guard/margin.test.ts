import { describe, expect, test } from "vitest";
import { CHUNK_SIZE } from "#server/operations/operation.ts";
import { heldGuard, isNear, SLOTS, SMALL, shareFor } from "./margin.ts";

const nothing = { isAlone: false, contacts: 0 };
const sharing = (contacts: number) => ({ isAlone: false, contacts });

test("with the margin to spare, every slot full and every connection raising fit together", () => {
  const CONNECTIONS = 200;
  const together = SLOTS * CHUNK_SIZE + (CONNECTIONS - SLOTS) * SMALL;
  const nearest = SLOTS * CHUNK_SIZE + CONNECTIONS * SMALL;
  expect(isNear(nearest, CONNECTIONS)).toBe(false);
  expect(isNear(nearest - 1, CONNECTIONS)).toBe(true);
  expect(together).toBeLessThanOrEqual(nearest);
});

describe("sharing", () => {
  test("a small raise needs no slot, a larger one does, and more than a chunk cannot share", () => {
    expect(shareFor(nothing, SMALL)).toEqual({ slot: false, contacts: SMALL });
    expect(shareFor(nothing, SMALL + 1)).toEqual({ slot: true, contacts: SMALL + 1 });
    expect(shareFor(nothing, CHUNK_SIZE)).toEqual({ slot: true, contacts: CHUNK_SIZE });
    expect(shareFor(nothing, CHUNK_SIZE + 1)).toBeNull();
  });

  test("several raises of one transaction count together", () => {
    expect(shareFor(sharing(60), 40)).toEqual({ slot: false, contacts: 100 });
    expect(shareFor(sharing(60), 41)).toBeNull();
    expect(shareFor(sharing(5_000), 5_000)).toEqual({ slot: false, contacts: 10_000 });
    expect(shareFor(sharing(5_000), 5_001)).toBeNull();
  });

  test("who has the guard alone, or raises nobody, does not ask for a slot later", () => {
    expect(shareFor({ isAlone: true, contacts: 0 }, 1)).toBeNull();
    expect(shareFor(shareFor(nothing, 0) as never, CHUNK_SIZE)).toBeNull();
  });
});

test("a transaction knows what it has of its own account's guard only", () => {
  expect(heldGuard("7:alone", "7")).toEqual({ isAlone: true, contacts: 0 });
  expect(heldGuard("7:120", "7")).toEqual(sharing(120));
  for (const noted of ["7:alone", "", null]) expect(heldGuard(noted, "8")).toEqual(nothing);
});
