import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AlertState, judgeAlerts, thresholds } from "./limit-alert.ts";

const period = (month: number) => new Date(Date.UTC(2026, month, 1));
const now = new Date("2026-11-18T12:00:00Z");

/** Follows usage through a story; returns what was told at each step. */
function tell(
  story: readonly (number | [usage: number, month: number])[],
  limit = 1000,
): (number | string)[] {
  let states: readonly AlertState[] = [];
  let month = 10;
  return story.map((step) => {
    const [usage, then] = typeof step === "number" ? [step, month] : step;
    month = then;
    const judged = judgeAlerts(states, { usage, limit, now, periodStart: period(month) });
    states = judged.states;
    return judged.crossed ?? (judged.fell ? "fell" : "-");
  });
}

describe("people are told", () => {
  test("at 75, 90, 98 and 100 %, when it is crossed", () => {
    expect(tell([749, 750, 899, 900, 979, 980, 999, 1000, 1001])).toEqual([
      ...["-", 75, "-", 90, "-", 98, "-", 100, "-"],
    ]);
  });

  test("of the highest only, when one raise crosses several", () => {
    expect(tell([0, 990, 1000])).toEqual(["-", 98, 100]);
  });

  test("once for each period, however often usage crosses", () => {
    expect(tell([750, 749, 760, 740, 755])).toEqual([75, "-", "-", "-", "-"]);
  });

  test("again when usage was five points below meanwhile, and of that in the app", () => {
    expect(tell([750, 700, 750, 699, 750])).toEqual([75, "-", "-", "fell", 75]);
  });

  test("in a new period only of a new crossing", () => {
    expect(tell([760, [760, 11], 740, 750])).toEqual([75, "-", "-", 75]);
  });

  test("of shares that are no whole numbers of contacts at the first contact that reaches them", () => {
    expect(tell([2, 3], 4)).toEqual(["-", 75]);
    expect(tell([5, 6], 7)).toEqual(["-", 75]);
  });
});

test("between two alerts of a threshold lies a period's start or a fall of five points", () => {
  const step = fc.record({ usage: fc.integer({ min: 0, max: 1100 }), months: fc.constantFrom(0, 0, 0, 1) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let states: readonly AlertState[] = [];
      let month = 0;
      const last = new Map<number, { month: number; lowest: number }>();
      for (const { usage, months } of steps) {
        month += months;
        for (const each of last.values()) each.lowest = Math.min(each.lowest, usage);
        const judged = judgeAlerts(states, { usage, limit: 1000, now, periodStart: period(month) });
        for (const threshold of thresholds) {
          const before = states.find((state) => state.threshold === threshold);
          const after = judged.states.find((state) => state.threshold === threshold);
          if (!after?.above || before?.above || after.armed) continue;
          const told = last.get(threshold);
          const isNew = after.periodStart?.getTime() === period(month).getTime();
          const mayTell = !told || told.month !== month || told.lowest < (threshold - 5) * 10;
          if (mayTell) expect(isNew).toBe(true);
          if (mayTell) last.set(threshold, { month, lowest: usage });
        }
        states = judged.states;
      }
    }),
  );
});
