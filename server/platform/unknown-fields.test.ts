import { expect, test } from "vitest";
import { z } from "zod";
import { filter, selection } from "#contract/filters.ts";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import { unknownFields } from "./unknown-fields.ts";

const found = (schema: z.ZodType, value: unknown) =>
  unknownFields(schema, value).map(({ path, meant }) => [path, meant]);

const plan = z.object({
  displayOrder: z.number().optional(),
  name: z.string(),
  matches: z.array(z.object({ includeProtected: z.boolean() })).default([]),
  values: z.record(z.string(), z.union([z.string(), z.object({ label: z.string() })])).nullable(),
  anything: z.unknown(),
});

test.for([
  [{ name: "Ada" }, []],
  [{ nmae: "Ada" }, [["nmae", "name"]]],
  [{ Name: "Ada" }, [["Name", "name"]]],
  [{ name: "Ada", mane: "x" }, [["mane", null]]],
  [{ display_order: 1 }, [["display_order", "displayOrder"]]],
  [{ colour: "red" }, [["colour", null]]],
  [{ matches: [{}, { includeProtcted: true }] }, [["matches.1.includeProtcted", "includeProtected"]]],
  [{ values: { free: "x", Free: "y" }, anything: { goes: { here: 1 } } }, []],
  [{ values: { free: { label: "x", lable: "y" } } }, [["values.free.lable", null]]],
  [{ matches: { no: "list" }, name: ["no text"] }, []],
  [null, []],
] as const)("%j has these unknown fields: %j", ([value, expected]) => {
  expect(found(plan, value)).toEqual(expected);
});

test("what is known and was not given is named", () => {
  expect(unknownFields(plan, { colour: "red", name: "Ada" })).toEqual([
    { path: "colour", meant: null, known: ["displayOrder", "matches", "values", "anything"] },
  ]);
});

test("of two forms the one that is read decides, so that no half of an input is dropped", () => {
  expect(found(selection, { ids: ["1"], filter: { filterGroups: [] } })).toEqual([["filter", null]]);
  expect(found(selection, { filter: { filterGroups: [] }, qurey: "Ada" })).toEqual([["qurey", "query"]]);
});

test("a filter is closed down to its conditions", () => {
  const filterGroups = [{ filters: [{ propertyName: "email", operator: "EQ", vlaue: "a" }], name: "mine" }];
  expect(found(filter, { filterGroups })).toEqual([
    ["filterGroups.0.filters.0.vlaue", "value"],
    ["filterGroups.0.name", null],
  ]);
});

test("a step of a workflow is read by its type, with what all steps have", () => {
  const step = { id: "a", name: "Raise", type: "set_status", value: "marketing", next: null };
  const delay = { id: "b", type: "delay", until: { kind: "passed", amount: 1, unit: "days", time: "00:00" } };
  const steps = [step, { ...step, listId: "3", nxet: null }, delay];
  expect(found(workflowDefinition, { steps })).toEqual([
    ["steps.1.listId", null],
    ["steps.1.nxet", null],
    ["steps.2.until.time", null],
  ]);
});

test("a name without end is cut", () => {
  expect(unknownFields(plan, { ["x".repeat(100_000)]: 1 })[0]?.path).toHaveLength(60);
});
