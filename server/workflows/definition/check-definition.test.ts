import { describe, expect, it } from "vitest";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import { AppError } from "#server/platform/errors.ts";
import type { Property } from "#server/properties/property.ts";
import { definitionProblems, type Known } from "./check-definition.ts";

const property = (name: string, more: Partial<Property> = {}): Property => ({
  name,
  label: name,
  description: "",
  groupName: "g",
  type: "string",
  fieldType: "text",
  options: [],
  readOnly: false,
  hasUniqueValue: false,
  builtIn: true,
  maxLength: 100,
  displayOrder: 0,
  ...more,
});

const known: Known = {
  workflowId: "1",
  properties: new Map(
    [
      property("city"),
      property("score", { type: "number", fieldType: "number" }),
      property("closed", { type: "date", fieldType: "date" }),
      property("createdate", { readOnly: true }),
      property("number", { hasUniqueValue: true }),
    ].map((each) => [each.name, each]),
  ),
  lists: new Map([
    ["5", { type: "static" }],
    ["6", { type: "active" }],
  ]),
  workflowIds: new Set(["1", "2"]),
  memberIds: new Set(["9"]),
  checkFilter: ({ filterGroups }) => {
    if (filterGroups[0]?.filters[0]?.propertyName === "nothing")
      throw new AppError("invalid_input", "filters:unknown_property", { property: "nothing" });
  },
};

const filterOn = (propertyName: string) => ({
  filterGroups: [{ filters: [{ propertyName, operator: "HAS_PROPERTY" }] }],
});
const problems = (definition: object) =>
  definitionProblems(workflowDefinition.parse(definition), known).map(
    ({ step, field, code }) => `${step ?? "-"} ${field} ${code}`,
  );
/** The problems of one step that is the whole workflow. */
const problemsOf = (step: object) => problems({ start: "a", steps: [{ id: "a", ...step }] });

const wrongSteps: [string, object, string][] = [
  [
    "an unknown property",
    { type: "set_property", propertyName: "x", value: "1" },
    "propertyName unknown_property",
  ],
  [
    "a read-only property",
    { type: "clear_property", propertyName: "createdate" },
    "propertyName read_only_property",
  ],
  [
    "a unique property",
    { type: "set_property", propertyName: "number", value: "1" },
    "propertyName unique_property",
  ],
  ["a value of the wrong type", { type: "set_property", propertyName: "score", value: "x" }, "value value"],
  ["no value", { type: "set_property", propertyName: "city", value: " " }, "value value_missing"],
  ["a copy onto itself", { type: "copy_property", from: "city", to: "city" }, "to same_property"],
  ["an unknown list", { type: "add_to_list", listId: "7" }, "listId unknown_list"],
  ["an active list", { type: "remove_from_list", listId: "6" }, "listId active_list"],
  [
    "a filter without a condition",
    { type: "branch", branches: [{ name: "x", filter: {} }] },
    "branches.0.filter empty_filter",
  ],
  [
    "a filter on nothing",
    { type: "branch", branches: [{ name: "x", filter: filterOn("nothing") }] },
    "branches.0.filter filter",
  ],
  [
    "parts that make no hundred",
    {
      type: "split",
      parts: [
        { name: "a", percent: 50 },
        { name: "b", percent: 49 },
      ],
    },
    "parts not_a_hundred",
  ],
  [
    "a delay by a property that is no date",
    { type: "delay", until: { kind: "property", propertyName: "city" } },
    "propertyName not_a_date_property",
  ],
  ["a user who has left", { type: "notify", to: { userIds: ["8"] }, title: "x" }, "to unknown_user"],
  ["itself", { type: "enroll", workflowId: "1" }, "workflowId same_workflow"],
  ["an unknown workflow", { type: "enroll", workflowId: "3" }, "workflowId unknown_workflow"],
  ["no list yet", { type: "add_to_list", listId: "" }, "listId list_missing"],
  ["no property yet", { type: "set_property", propertyName: "", value: "" }, "propertyName property_missing"],
  ["no workflow yet", { type: "enroll", workflowId: "" }, "workflowId workflow_missing"],
  ["nothing to tell", { type: "notify", to: { owner: true }, title: "" }, "title title_missing"],
  ["nobody to tell", { type: "notify", to: { userIds: [] }, title: "x" }, "to nobody_told"],
  ["no address", { type: "webhook", url: "" }, "url address_missing"],
  ["an address of another kind", { type: "webhook", url: "ftp://x.test" }, "url address_missing"],
  [
    "no date property yet",
    { type: "delay", until: { kind: "property", propertyName: "" } },
    "propertyName property_missing",
  ],
  [
    "an unknown property in a webhook",
    { type: "webhook", url: "https://x.test/", properties: ["x"] },
    "properties unknown_property",
  ],
];

describe("definitionProblems", () => {
  it("finds none in a workflow that can run", () => {
    expect(
      problems({
        triggers: [{ type: "filter_met", filter: filterOn("city") }],
        start: "a",
        steps: [
          {
            id: "a",
            type: "branch",
            branches: [{ name: "Yes", filter: filterOn("city"), next: "b" }],
            next: "c",
          },
          { id: "b", type: "set_status", value: "non_marketing", branches: { pinned: "c" }, next: null },
          { id: "c", type: "delay", until: { kind: "passed", amount: 1, unit: "days" }, next: "d" },
          { id: "d", type: "go_to", step: "a" },
        ],
      }),
    ).toEqual([]);
  });
});

describe("definitionProblems of the whole", () => {
  it("wants an action", () => expect(problems({})).toEqual(["- start no_action"]));

  it.each([
    [
      "a way to nowhere",
      [{ id: "a", type: "clear_property", propertyName: "city", next: "x" }],
      ["a next unknown_step"],
    ],
    [
      "a step nobody comes to",
      [
        { id: "a", type: "end" },
        { id: "b", type: "end" },
      ],
      ["b next unreachable"],
    ],
    [
      "two steps of one name",
      [
        { id: "a", type: "end" },
        { id: "a", type: "end" },
      ],
      ["- steps same_id"],
    ],
    [
      "a loop without a delay",
      [
        { id: "a", type: "set_status", value: "marketing", next: "b" },
        { id: "b", type: "go_to", step: "a" },
      ],
      ["a next endless_loop"],
    ],
  ])("finds %s", (_, steps, expected) => expect(problems({ start: "a", steps })).toEqual(expected));
});

describe("definitionProblems, step by step", () => {
  it.each(wrongSteps)("finds %s", (_, step, expected) => expect(problemsOf(step)).toEqual([`a ${expected}`]));

  it("finds a change that nothing tells of", () => {
    const happening = { type: "property_changed", propertyName: "createdate" };
    const until = { kind: "happening", happening, limit: { amount: 1, unit: "days" } };
    const steps = [{ id: "a", type: "delay", until }];
    expect(problems({ triggers: [happening], start: "a", steps })).toEqual([
      "- triggers.0.propertyName silent_property",
      "a propertyName silent_property",
    ]);
  });

  it("names the trigger", () => {
    const triggers = [{ type: "contact_created" }, { type: "joined_list", listId: "77" }];
    const steps = [{ id: "a", type: "end" }];
    expect(problems({ triggers, start: "a", steps, reenroll: { on: [2] } })).toEqual([
      "- triggers.1.listId unknown_list",
      "- reenroll unknown_trigger",
    ]);
  });
});
