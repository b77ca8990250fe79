import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AlertState, judgeAlerts } from "./limit-alert.ts";

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
      "-",
      75,
      "-",
      90,
      "-",
      98,
      "-",
      100,
      "-",
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

type Step = { readonly usage: number; readonly months: number };

function told(steps: readonly Step[]): (number | string)[] {
  let month = 0;
  return tell(
    steps.map(({ usage, months }) => {
      month += months;
      return [usage, month];
    }),
    100_000,
  );
}

/** The rule for 75 % alone, in a few variables. */
function expected(steps: readonly Step[]): (number | string)[] {
  let [month, lastMonth, armed, above] = [0, -1, true, false];
  return steps.map(({ usage, months }) => {
    month += months;
    const isAbove = usage >= 75_000;
    const isNews = isAbove && !above && (armed || month !== lastMonth);
    const fell = !isAbove && !armed && usage < 70_000;
    above = isAbove;
    if (isNews) [lastMonth, armed] = [month, false];
    if (fell) armed = true;
    if (isNews) return 75;
    return fell ? "fell" : "-";
  });
}

test("a threshold alone follows a small model", () => {
  const step = fc.record({
    usage: fc.oneof(fc.integer({ min: 69_990, max: 75_999 }), fc.integer({ min: 0, max: 75_999 })),
    months: fc.constantFrom(0, 0, 0, 1),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      expect(told(steps)).toEqual(expected(steps));
    }),
  );
});
