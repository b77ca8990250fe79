import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Calendar, updateInstants } from "#server/billing/update-instant.ts";
import { momentBefore, planMoments, runAfterNotice } from "./cleanup-plan.ts";

const stockholm = "Europe/Stockholm";
const at = (text: string) => new Date(text);

describe("before an update", () => {
  test.for([
    ["over a month's end", "2026-03-01T00:00:00+01:00", 2, "2026-02-27T00:00:00+01:00"],
    ["over a leap day", "2028-03-01T00:00:00+01:00", 1, "2028-02-29T00:00:00+01:00"],
    ["over the night that loses an hour", "2026-04-01T00:00:00+02:00", 3, "2026-03-29T00:00:00+01:00"],
    ["over the night that gains one", "2026-11-01T00:00:00+01:00", 7, "2026-10-25T00:00:00+02:00"],
    ["over a year's end", "2027-01-01T00:00:00+01:00", 1, "2026-12-31T00:00:00+01:00"],
  ] as const)("days keep the time of day %s", ([, update, amount, expected]) => {
    expect(momentBefore(at(update), { amount, unit: "days" }, stockholm)).toEqual(at(expected));
  });

  test("hours are hours in the night that has 23 of them", () => {
    const update = at("2026-03-30T00:00:00+02:00");
    expect(momentBefore(update, { amount: 24, unit: "hours" }, stockholm)).toEqual(
      at("2026-03-28T23:00:00+01:00"),
    );
  });

  test("a midnight that does not exist gives the day's first instant", () => {
    const update = at("2026-09-07T00:00:00-03:00");
    expect(momentBefore(update, { amount: 1, unit: "days" }, "America/Santiago")).toEqual(
      at("2026-09-06T01:00:00-03:00"),
    );
  });
});

describe("a plan that is announced", () => {
  const timing = {
    runBefore: { amount: 1, unit: "days" },
    noticeBefore: { amount: 2, unit: "days" },
  } as const;
  const updateAt = at("2026-12-01T00:00:00+01:00");
  const moments = planMoments(timing, { updateAt, timeZone: stockholm });

  test("in time runs as planned", () => {
    expect(moments).toEqual({
      noticeAt: at("2026-11-28T00:00:00+01:00"),
      runAt: at("2026-11-30T00:00:00+01:00"),
    });
    expect(runAfterNotice(moments, { now: moments.noticeAt, updateAt })).toEqual(moments.runAt);
  });

  test("late still leaves two hours to stop it, but never past the update", () => {
    const late = at("2026-11-30T21:00:00+01:00");
    expect(runAfterNotice(moments, { now: late, updateAt })).toEqual(at("2026-11-30T23:00:00+01:00"));
    expect(runAfterNotice(moments, { now: at("2026-11-30T22:00:00+01:00"), updateAt })).toBeNull();
  });
});

const span = fc.record({
  amount: fc.integer({ min: 1, max: 40 }),
  unit: fc.constantFrom("hours" as const, "days" as const),
});
const calendar: fc.Arbitrary<Calendar> = fc.record({
  term: fc.constantFrom("monthly" as const, "yearly" as const),
  anchor: fc.constantFrom("2026-01-31", "2026-02-28", "2024-02-29", "2026-10-25", "2026-03-29"),
  timeZone: fc.constantFrom(stockholm, "America/Santiago", "Pacific/Apia", "Asia/Kolkata"),
});
const anyPlan = fc.record({
  runBefore: span,
  noticeBefore: span,
  calendar,
  place: fc.nat(6),
  hoursLate: fc.nat(60),
});

test("whatever its times and the calendar, a plan runs after its notice and before the update", () => {
  fc.assert(
    fc.property(anyPlan, ({ calendar, place, hoursLate, ...timing }) => {
      const updateAt = updateInstants(calendar, at("2026-01-15T00:00:00Z"), 12)[place] as Date;
      const moments = planMoments(timing, { updateAt, timeZone: calendar.timeZone });
      expect(moments.noticeAt < moments.runAt && moments.runAt < updateAt).toBe(true);
      const now = new Date(moments.noticeAt.getTime() + hoursLate * 3_600_000);
      const runAt = runAfterNotice(moments, { now, updateAt });
      const inTime = runAt !== null && runAt > now && runAt >= moments.runAt && runAt < updateAt;
      const tooLate = runAt === null && now.getTime() + 7_200_000 >= updateAt.getTime();
      expect(inTime || tooLate).toBe(true);
    }),
  );
});
