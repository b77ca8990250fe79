import { expect, test } from "vitest";
import { createFormat } from "./format.ts";

const en = createFormat("en", "Europe/Stockholm");
const sv = createFormat("sv", "Europe/Stockholm");
const pl = createFormat("pl", "Europe/Warsaw");
const update = "2026-11-30T23:00:00Z";
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

test("numbers have the language's groups and a true minus", () => {
  expect([en, sv, pl].map((format) => plain(format.number(-12_401)))).toEqual([
    "−12,401",
    "−12 401",
    "−12 401",
  ]);
  expect(pl.number(1204)).toBe("1204");
  expect([en.signed(96), en.signed(-146), en.signed(0)]).toEqual(["+96", "−146", "0"]);
});

test("a share is never rounded up to all of it", () => {
  expect([en.percent(0.67), en.percent(0.999), en.percent(1)]).toEqual(["67%", "99%", "100%"]);
});

test("money shows minor units only where there are any", () => {
  expect([en.money(396, "EUR"), en.money(-43.5, "EUR"), plain(pl.money(396, "PLN"))]).toEqual([
    "€396",
    "−€43.50",
    "396 zł",
  ]);
});

test("dates are those of the zone, a day without a time of none", () => {
  expect([en, sv, pl].map((format) => format.date(update))).toEqual([
    "1 Dec 2026",
    "1 dec. 2026",
    "1 gru 2026",
  ]);
  expect(createFormat("en", "UTC").date(update)).toBe("30 Nov 2026");
  expect(createFormat("en", "America/New_York").date("2026-12-01")).toBe("1 Dec 2026");
});

test("a moment that binds says date, time and zone", () => {
  expect([en, sv, pl].map((format) => format.moment(update))).toEqual([
    "1 December 2026, 00:00",
    "1 december 2026 kl. 00:00",
    "1 grudnia 2026, godz. 0:00",
  ]);
  expect(createFormat("en", "UTC").zoned(update, "America/New_York")).toBe(
    "30 November 2026, 18:00 (America/New York)",
  );
});

test("distances, lists and sizes are said in words", () => {
  const now = new Date("2026-11-18T12:00:00Z");
  expect(en.relative("2026-12-01T12:00:00Z", now)).toBe("in 13 days");
  expect([0, 1, 9].map((days) => en.inDays(days))).toEqual(["today", "tomorrow", "in 9 days"]);
  expect(sv.relative("2026-11-18T11:55:00Z", now)).toBe("för 5 minuter sedan");
  expect(pl.list(["Anna", "Bo", "Ewa"])).toBe("Anna, Bo i Ewa");
  expect(en.bytes(2_400_000)).toBe("2.4 MB");
  expect(["ö", "z", "å", "ä"].toSorted(sv.compare)).toEqual(["z", "å", "ä", "ö"]);
});
