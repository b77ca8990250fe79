import { expect, test } from "vitest";
import { separatorsOf } from "./separators.ts";

test.for([
  ["en", ",", "."],
  ["sv", "\u00a0", ","],
  ["pl", "\u00a0", ","],
] as const)("numbers of %s are typed as they are written", ([language, group, decimal]) => {
  expect(separatorsOf(language)).toEqual({ group, decimal });
});
