import { describe, expect, it } from "vitest";
import type { Delay } from "#contract/workflow-definition.ts";
import { delayEnds } from "./delay.ts";

const since = new Date("2026-11-23T10:00:00Z");
const timeZone = "Europe/Stockholm";
const iso = (date: Date) => date.toISOString();

const monday = (time: string): Delay => ({ kind: "weekday", weekdays: [1], time });

describe("delayEnds", () => {
  it("counts hours exactly and days by the calendar, also over the night that is an hour longer", () => {
    const before = { since: new Date("2027-10-30T10:00:00Z"), timeZone };
    expect(iso(delayEnds({ kind: "passed", amount: 24, unit: "hours" }, before))).toBe(
      "2027-10-31T10:00:00.000Z",
    );
    expect(iso(delayEnds({ kind: "passed", amount: 1, unit: "days" }, before))).toBe(
      "2027-10-31T11:00:00.000Z",
    );
  });

  it("waits until a date in the account's zone", () => {
    const delay = { kind: "date", date: "2026-12-01", time: "00:00" } as const;
    expect(iso(delayEnds(delay, { since, timeZone }))).toBe("2026-11-30T23:00:00.000Z");
  });

  it("does not wait for a date that has passed", () => {
    const delay = { kind: "date", date: "2026-11-01", time: "00:00" } as const;
    expect(delayEnds(delay, { since, timeZone })).toEqual(since);
  });

  it.each([
    { value: "2026-12-24", days: 2, expected: "2026-12-26T07:00:00.000Z" },
    { value: "2026-12-24", days: -7, expected: "2026-12-17T07:00:00.000Z" },
    { value: "2026-12-23T23:30:00Z", days: 0, expected: "2026-12-24T07:00:00.000Z" },
    { value: null, days: 0, expected: since.toISOString() },
  ])("waits $days days after $value, a day or an instant's local day", ({ value, days, expected }) => {
    const delay = { kind: "property", propertyName: "closedate", days, time: "08:00" } as const;
    expect(iso(delayEnds(delay, { since, timeZone, value }))).toBe(expected);
  });

  it("takes the next such weekday, today only while its time is still ahead", () => {
    expect(iso(delayEnds(monday("12:00"), { since, timeZone }))).toBe("2026-11-23T11:00:00.000Z");
    expect(iso(delayEnds(monday("11:00"), { since, timeZone }))).toBe("2026-11-30T10:00:00.000Z");
  });

  it("ends at its limit when it waits for something to happen", () => {
    const delay = {
      kind: "happening",
      happening: { type: "bounced" },
      limit: { amount: 2, unit: "weeks" },
      timedOut: null,
    } as const;
    expect(iso(delayEnds(delay, { since, timeZone }))).toBe("2026-12-07T10:00:00.000Z");
  });
});
