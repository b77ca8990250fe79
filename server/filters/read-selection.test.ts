import { expect, test } from "vitest";
import { readFilter } from "./read-selection.ts";

test.for([
  ['{"filterGroups":', "filters:unreadable"],
  ['{"filtergroups":[]}', "http:field_misspelt"],
  ['{"filterGroups":[{"filter":[]}]}', "http:field_misspelt"],
  ['{"where":"email"}', "http:field_unknown"],
  ['{"filterGroups":7}', "http:field_wrong_type"],
] as const)("the filter %s is refused, not taken for everybody: %s", ([json, reason]) => {
  expect(() => readFilter(json)).toThrow(`invalid_input: ${reason}`);
});

test("a filter of the grammar is read", () => {
  const filterGroups = [{ filters: [{ propertyName: "email", operator: "HAS_PROPERTY" }] }];
  expect(readFilter(JSON.stringify({ filterGroups }))).toEqual({ filterGroups });
});
