import { expect, test } from "vitest";
import { projectRoot } from "#server/platform/root.ts";
import { houseRules, readHouse } from "./house.ts";

const house = readHouse(projectRoot);

test("there is a house to look at", () => {
  expect(house.sources.length).toBeGreaterThan(300);
  expect(Object.keys(house.rooms.tableOwners).length).toBeGreaterThan(20);
});

test.for(houseRules.map((rule) => [rule.name, rule] as const))("%s", ([, { find }]) => {
  expect(find(house)).toEqual([]);
});
