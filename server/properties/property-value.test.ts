import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_TEXT, type Property } from "./property.ts";
import { parseValue, splitValues, storedValue, type ValueProblem } from "./property-value.ts";

function property(more: Partial<Property>): Property {
  return {
    name: "shoe",
    label: "Shoe",
    description: "",
    groupName: "contactinformation",
    type: "string",
    fieldType: "text",
    options: [],
    readOnly: false,
    hasUniqueValue: false,
    builtIn: false,
    maxLength: MAX_TEXT,
    displayOrder: 0,
    ...more,
  };
}
const options = ["red", "green", "dark blue"].map((value) => ({
  value,
  label: value,
  hidden: value === "green",
}));
const string = property({});
const short = property({ maxLength: 5 });
const number = property({ type: "number", fieldType: "number" });
const bool = property({ type: "bool", fieldType: "booleancheckbox" });
const date = property({ type: "date", fieldType: "date" });
const datetime = property({ type: "datetime", fieldType: "date" });
const one = property({ type: "enumeration", fieldType: "select", options });
const several = property({ type: "enumeration", fieldType: "checkbox", options });

test.each<[string, Property, string | number | boolean | null, string | null]>([
  ["text", string, " Göteborg ", "Göteborg"],
  ["blank text is no value", string, " \u00A0", null],
  ["null", string, null, null],
  ["half a character", string, "a\uD800b", "a\uFFFDb"],
  ["a number as text", string, 12, "12"],
  ["just short enough", short, "12345", "12345"],
  ["whole number", number, "42", "42"],
  ["fraction", number, "-1.50", "-1.5"],
  ["leading zeros", number, "007", "7"],
  ["exponent", number, "1e3", "1000"],
  ["minus zero", number, "-0", "0"],
  ["trailing zeros do not count as digits", number, "12000000000000000000", "12000000000000000000"],
  ["JSON number", number, 0.1, "0.1"],
  ["true", bool, "TRUE", "true"],
  ["JSON false", bool, false, "false"],
  ["day", date, "2026-02-28", "2026-02-28"],
  ["leap day", date, "2028-02-29", "2028-02-29"],
  ["day before 1970", date, "1815-12-10", "1815-12-10"],
  ["midnight UTC in milliseconds", date, "1767225600000", "2026-01-01"],
  ["midnight UTC as ISO", date, "2026-01-01T00:00:00Z", "2026-01-01"],
  ["instant with an offset", datetime, "2026-01-01T01:30:00+02:00", "2025-12-31T23:30:00.000Z"],
  ["offset without colon", datetime, "2026-01-01T01:30:00+0200", "2025-12-31T23:30:00.000Z"],
  ["milliseconds", datetime, 1767225600123, "2026-01-01T00:00:00.123Z"],
  ["day as instant", datetime, "2026-01-01", "2026-01-01T00:00:00.000Z"],
  ["option", one, "dark blue", "dark blue"],
  ["hidden option", one, "green", "green"],
  ["several options", several, "red; green;red;", "red;green"],
  ["only separators", several, ";;", null],
])("accepts %s", (...[, property, raw, value]) => {
  expect(parseValue(property, raw)).toEqual({ value });
});

test.each<[string, Property, string | number | boolean, ValueProblem]>([
  ["too long", short, "123456", "too_long"],
  ["NUL", string, "a\0b", "nul_character"],
  ["words", number, "twelve", "not_a_number"],
  ["decimal comma", number, "1,5", "not_a_number"],
  ["thousands", number, "1 000", "not_a_number"],
  ["infinity", number, "Infinity", "not_a_number"],
  ["hexadecimal", number, "0x10", "not_a_number"],
  ["beyond a double", number, "1e999", "not_a_number"],
  ["digits a double cannot hold", number, "12345678901234567", "too_many_digits"],
  ["yes", bool, "yes", "not_a_bool"],
  ["30 February", date, "2026-02-30", "not_a_date"],
  ["29 February of a common year", date, "2026-02-29", "not_a_date"],
  ["a moment within a day", date, "2026-01-01T10:00:00Z", "not_a_date"],
  ["local writing", date, "31.12.2026", "not_a_date"],
  ["no zone", datetime, "2026-01-01T10:00:00", "not_a_datetime"],
  ["beyond year 9999", datetime, "300000000000000", "not_a_datetime"],
  ["unknown option", one, "Red", "not_an_option"],
  ["two options in one", one, "red;green", "not_an_option"],
  ["one unknown of several", several, "red;pink", "not_an_option"],
])("refuses %s", (...[, property, raw, problem]) => {
  expect(parseValue(property, raw)).toEqual({ problem });
});

test("what is accepted reads the same again", () => {
  const any = fc.constantFrom(string, short, number, bool, date, datetime, one, several);
  fc.assert(
    fc.property(
      any,
      fc.oneof(fc.string(), fc.double().map(String), fc.date({ noInvalidDate: true }).map(String)),
      (property, raw) => {
        const read = parseValue(property, raw);
        const again = "value" in read ? parseValue(property, read.value) : read;
        expect(again).toEqual(read);
      },
    ),
  );
});

test("every instant within the calendar is accepted and kept", () => {
  const dates = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, (at) => {
      expect(parseValue(datetime, at.toISOString())).toEqual({ value: at.toISOString() });
    }),
  );
});

test("numbers and booleans are stored as such, all else as text", () => {
  expect([storedValue(number, "1.5"), storedValue(bool, "true"), storedValue(date, "2026-01-01")]).toEqual([
    1.5,
    true,
    "2026-01-01",
  ]);
  expect(splitValues(" a ;b;;a")).toEqual(["a", "b"]);
});
