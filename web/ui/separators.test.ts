import { expect, test } from "vitest";
import { isGrouped, separatorsOf } from "./separators.ts";

test.for([
  ["en", ",", "."],
  ["sv", "\u00a0", ","],
  ["pl", "\u00a0", ","],
] as const)("numbers of %s are typed as they are written", ([language, group, decimal]) => {
  expect(separatorsOf(language)).toEqual({ group, decimal });
});

test.for([
  ["en", [true, true]],
  ["sv", [true, true]],
  ["pl", [false, true]],
] as const)("thousands of %s are parted where its texts part them", ([language, parted]) => {
  expect([1_500, 15_000].map((value) => isGrouped(language, value))).toEqual(parted);
  expect(isGrouped(language, Number.NaN)).toBe(false);
});
