import { describe, expect, it } from "vitest";
import { guessLocale } from "./file-locale.ts";
import { readBoolean } from "./read-boolean.ts";
import { readDate, readMoment } from "./read-date.ts";
import { readNumber } from "./read-number.ts";

describe("readNumber", () => {
  it.each([
    ["1,5", ",", "1.5"],
    ["1,5", ".", "1.5"],
    ["1 234,5", ",", "1234.5"],
    ["1\u00a0234\u202f567", ",", "1234567"],
    ["1.234", ",", "1234"],
    ["1.234", ".", "1.234"],
    ["1,234", ".", "1234"],
    ["1,234", ",", "1.234"],
    ["1.234,50", ".", "1234.5"],
    ["1,234,567.25", ",", "1234567.25"],
    ["−5", ".", "-5"],
    ["(12)", ".", "-12"],
    ["+46", ".", undefined],
    ["007", ".", "7"],
    ["1 200 kr", ",", "1200"],
    ["$1,200.00", ".", "1200"],
    ["1.5e3", ".", "1500"],
    ["12 %", ".", undefined],
    ["1,23,4", ",", undefined],
    ["NaN", ".", undefined],
    ["Infinity", ".", undefined],
    ["abc", ".", undefined],
    ["0.0", ".", "0"],
    ["-0", ".", "0"],
  ] as const)("reads %s (decimal %s) as %s", (raw, decimal, value) => {
    expect(readNumber(raw, decimal)).toBe(value);
  });
});

describe("readDate", () => {
  it.each([
    ["31.12.2026", "2026-12-31"],
    ["2026-12-31", "2026-12-31"],
    ["20261231", "2026-12-31"],
    ["31/12/2026", "2026-12-31"],
    ["1-2-2026", "2026-02-01"],
    ["31 dec 2026", "2026-12-31"],
    ["31 grudnia 2026", "2026-12-31"],
    ["December 31, 2026", "2026-12-31"],
    ["2026-12-31T10:15:00Z", "2026-12-31"],
    ["29.02.2024", "2024-02-29"],
    ["29.02.2026", undefined],
    ["2026-13-01", undefined],
    ["yesterday", undefined],
    ["", undefined],
  ])("reads %s as %s", (raw, value) => {
    expect(readDate(raw, "dmy")).toBe(value);
  });

  it("reads the month first only between slashes", () => {
    expect(readDate("12/31/2026", "mdy")).toBe("2026-12-31");
    expect(readDate("31.12.2026", "mdy")).toBe("2026-12-31");
    expect(readDate("12/31/26", "mdy")).toBe("2026-12-31");
  });
});

describe("readMoment", () => {
  const locale = { order: "dmy", zone: "Europe/Stockholm" } as const;
  it.each([
    ["2026-12-31T10:15:00Z", "2026-12-31 10:15:00 Z"],
    ["2026-12-31 10:15", "2026-12-31 10:15:00 Europe/Stockholm"],
    ["31.12.2026 kl. 9:05", "2026-12-31 09:05:00 Europe/Stockholm"],
    ["31.12.2026", "2026-12-31 00:00:00 Europe/Stockholm"],
    ["12/31/2026 1:05 PM", undefined],
    ["2026-12-31 25:00", undefined],
    ["2026-12-31 10:15:00+01:00", "2026-12-31 10:15:00 +01:00"],
    ["1798675200000", "2026-12-31T00:00:00.000Z"],
  ])("reads %s as %s", (raw, value) => {
    expect(readMoment(raw, locale)).toBe(value);
  });
});

describe("readBoolean", () => {
  it("knows three languages and Excel", () => {
    expect(["Ja", "Tak", "Yes", "TRUE", "1", "PRAWDA", "sant"].map(readBoolean)).toEqual(
      Array(7).fill("true"),
    );
    expect(["Nej", "Nie", "no", "FAŁSZ", "0"].map(readBoolean)).toEqual(Array(5).fill("false"));
    expect(readBoolean("kanske")).toBeUndefined();
  });
});

describe("guessLocale", () => {
  const defaults = { language: "en", zone: "Europe/Warsaw", delimiter: "," };
  it("believes the values", () => {
    expect(guessLocale([["12/31/2026", "1,5", "x"]], defaults)).toEqual({
      decimal: ",",
      dateOrder: "mdy",
      zone: "Europe/Warsaw",
    });
    expect(guessLocale([["31/12/2026", "1 234.5"]], defaults)).toMatchObject({
      decimal: ".",
      dateOrder: "dmy",
    });
  });
  it("follows delimiter, language and zone where the values say nothing", () => {
    expect(guessLocale([["1/2/2026", "1"]], { ...defaults, delimiter: ";" })).toMatchObject({
      decimal: ",",
      dateOrder: "dmy",
    });
    expect(guessLocale([], { language: "en", zone: "America/Chicago", delimiter: "," })).toMatchObject({
      decimal: ".",
      dateOrder: "mdy",
    });
  });
});
