import { describe, expect, test } from "vitest";
import type { Condition } from "#contract/filters.ts";
import { AppError } from "#server/platform/errors.ts";
import { checkFilter, type FilterField, readMoment } from "./filter.ts";

const fields = new Map<string, FilterField>(
  (
    [
      ["city", "string"],
      ["revenue", "number"],
      ["vip", "bool"],
      ["born", "date"],
      ["created", "datetime"],
      ["stage", "enumeration"],
    ] as const
  ).map(([name, type]) => [name, { name, type, multiple: false }]),
);

const refused: [string, Condition][] = [
  ["unknown_property", { propertyName: "constructor", operator: "EQ", value: "x" }],
  ["unknown_property", { propertyName: "city; drop table contact", operator: "EQ", value: "x" }],
  ["operator_not_for_type", { propertyName: "city", operator: "GT", value: "a" }],
  ["operator_not_for_type", { propertyName: "revenue", operator: "CONTAINS_TOKEN", value: "1" }],
  ["operator_not_for_type", { propertyName: "vip", operator: "IN_LAST_DAYS", value: "1" }],
  ["operator_not_for_type", { propertyName: "stage", operator: "BETWEEN", value: "a", highValue: "b" }],
  ["value_missing", { propertyName: "city", operator: "EQ" }],
  ["value_missing", { propertyName: "city", operator: "EQ", value: "  " }],
  ["value_missing", { propertyName: "city", operator: "IN", values: [] }],
  ["value_missing", { propertyName: "revenue", operator: "BETWEEN", value: "1" }],
  ["value_unreadable", { propertyName: "revenue", operator: "EQ", value: "1,5" }],
  ["value_unreadable", { propertyName: "revenue", operator: "EQ", value: "NaN" }],
  ["value_unreadable", { propertyName: "revenue", operator: "IN", values: ["1", "1e999"] }],
  ["value_unreadable", { propertyName: "vip", operator: "EQ", value: "yes" }],
  ["value_unreadable", { propertyName: "born", operator: "LT", value: "2026-02-30" }],
  ["value_unreadable", { propertyName: "created", operator: "GT", value: "now()" }],
  ["value_unreadable", { propertyName: "created", operator: "IN_LAST_DAYS", value: "-1" }],
  ["value_unreadable", { propertyName: "created", operator: "IN_NEXT_DAYS", value: "99999" }],
  ["value_unreadable", { propertyName: "city", operator: "EQ", value: "a\0b" }],
];

const check = (...filters: Condition[]) => checkFilter(fields, { filterGroups: [{ filters }] });

describe("checkFilter", () => {
  test("reads the values an operator needs", () => {
    const read = check(
      { propertyName: "city", operator: "IN", values: ["Lund", "Łódź"] },
      { propertyName: "revenue", operator: "BETWEEN", value: "1", highValue: "2.5" },
      { propertyName: "created", operator: "IN_LAST_DAYS", value: "30" },
      { propertyName: "stage", operator: "HAS_PROPERTY", value: "ignored" },
      { propertyName: "stage", operator: "IN", value: "lead;customer" },
    );
    expect(read[0]?.map(({ values }) => values)).toEqual([
      ["Lund", "Łódź"],
      ["1", "2.5"],
      ["30"],
      [],
      ["lead", "customer"],
    ]);
  });

  test("an empty filter and empty groups say nothing", () => {
    expect(checkFilter(fields, { filterGroups: [] })).toEqual([]);
    expect(checkFilter(fields, { filterGroups: [{ filters: [] }, { filters: [] }] })).toEqual([]);
  });

  test.each(refused)("refuses (%s) %j and says which condition", (reason, condition) => {
    const fine: Condition = { propertyName: "city", operator: "EQ", value: "Lund" };
    const error = catchError(() =>
      checkFilter(fields, { filterGroups: [{ filters: [fine] }, { filters: [fine, condition] }] }),
    );
    expect(error).toMatchObject({
      code: "invalid_input",
      reason: `filters:${reason}`,
      details: { group: 2, condition: 2, property: condition.propertyName },
    });
  });
});

test("readMoment knows days, instants and milliseconds", () => {
  expect(readMoment("2026-12-01")).toEqual({ day: "2026-12-01" });
  expect(readMoment("2026-12-01T00:00:00+01:00")).toEqual({ instant: "2026-11-30T23:00:00.000Z" });
  expect(readMoment("1796083200000")).toEqual({ instant: "2026-12-01T00:00:00.000Z" });
  for (const bad of ["", "2026", "2026-13-01", "2026-12-01T25:00:00Z", "2026-12-01T00:00:00", "tomorrow"]) {
    expect(readMoment(bad)).toBeNull();
  }
});

function catchError(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("Nothing was refused");
}
