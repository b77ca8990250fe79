import { expect, test } from "vitest";
import { indexSearch } from "./index-search.ts";

test("keeps what a page can show", () => {
  const filter = { filterGroups: [{ filters: [{ propertyName: "city", operator: "EQ", value: "Lund" }] }] };
  const search = { view: "customers", query: "anna", sort: "-createdate", columns: "email,city", filter };
  expect(indexSearch(search)).toEqual(search);
  expect(indexSearch({ view: 12, query: 2026 })).toEqual({ view: "12", query: "2026" });
});

test.for([
  null,
  "x",
  1,
  {},
  { filterGroups: "x" },
  { filterGroups: [{}] },
  { filterGroups: [{ filters: [null] }] },
])("leaves out the filter %j", (filter) => {
  expect(indexSearch({ filter, query: "", view: {}, other: "x" })).toEqual({});
});
