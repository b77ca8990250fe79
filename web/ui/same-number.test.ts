import { expect, test } from "vitest";
import { sameNumber } from "./same-number.ts";

test.for(["1204", " 1204 ", "1 204", "1\u00a0204", "1\u202f204", "1,204", "1.204", "1’204"])(
  "%o is 1204",
  (typed) => {
    expect(sameNumber(typed, 1204)).toBe(true);
  },
);

test.for(["", "1203", "12 04", "1 2 0 4", "1204a", "-1204", "1204.5", "1e3"])("%o is not 1204", (typed) => {
  expect(sameNumber(typed, 1204)).toBe(false);
});

test("small numbers have no groups", () => {
  expect(sameNumber("25", 25)).toBe(true);
  expect(sameNumber("2 5", 25)).toBe(false);
});
