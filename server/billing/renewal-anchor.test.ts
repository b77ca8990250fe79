import { expect, test } from "vitest";
import { renewalAnchor } from "./renewal-anchor.ts";

test.for([
  ["monthly", undefined, "2026-11-21", "2026-11-21"],
  ["monthly", "15", "2026-11-21", "2026-11-15"],
  ["monthly", "31", "2026-11-21", "2026-10-31"],
  ["monthly", "30", "2026-02-10", "2026-01-30"],
  ["monthly", "2026-01-31", "2026-11-21", "2026-01-31"],
  ["yearly", "15", "2026-11-21", "2026-11-15"],
  ["yearly", "31", "2026-11-21", "2026-11-30"],
  ["yearly", "31", "2026-02-21", "2024-02-29"],
  ["yearly", "29", "2103-02-21", "2096-02-29"],
  ["yearly", "28", "2026-02-21", "2026-02-28"],
  ["yearly", "2024-02-29", "2026-11-21", "2024-02-29"],
] as const)("%s, %s, on %s: %s", ([term, renewal, today, anchor]) => {
  expect(renewalAnchor({ term, renewal, today })).toBe(anchor);
});

test.for(["0", "32", "-1", "1.5", "soon", "2026-02-30", "2026-13-01", "99"])(
  "%s is impossible",
  (renewal) => {
    expect(() => renewalAnchor({ term: "monthly", renewal, today: "2026-11-21" })).toThrow(
      "billing:renewal_impossible",
    );
  },
);
