import { expect, test } from "vitest";
import { z } from "zod";
import { selection } from "#contract/filters.ts";
import { id } from "#contract/operations.ts";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import { describeIssues } from "./describe-issue.ts";

function found(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value, { reportInput: true });
  return describeIssues(error?.issues ?? []).map(({ path, reason }) => `${path} ${reason.slice(5)}`);
}

const filter = (condition: object) => ({ filter: { filterGroups: [{ filters: [condition] }] } });

test.for([
  [{ ids: "1" }, "ids field_wrong_type"],
  [{ ids: ["x"] }, "ids.0 field_no_id"],
  [{ ids: ["9".repeat(19)] }, "ids.0 field_no_id"],
  [{ filter: "all" }, "filter field_wrong_type"],
  [filter({ propertyName: "email" }), "filter.filterGroups.0.filters.0.operator field_not_a_choice"],
  [
    filter({ propertyName: "email", operator: "EQ", value: {} }),
    "filter.filterGroups.0.filters.0.value field_wrong_type",
  ],
  ["all", "input field_wrong_type"],
] as const)(
  "of the ways to choose contacts the one that was meant is told about: %j",
  ([value, expected]) => {
    expect(found(selection, value)).toEqual([expected]);
  },
);

const forms = z.object({
  id,
  day: z.iso.date(),
  at: z.iso.datetime(),
  email: z.email(),
  code: z.string().regex(/^x+$/),
  tier: z.union([z.number(), z.enum(["stay", "lowest"])]),
  values: z.record(z.string().min(2), z.union([z.string(), z.number()])),
});

test("each form has a text that says what is right", () => {
  const values = { a: "x", bc: [] };
  const wrong = { id: "-1", day: "2026-02-30", at: "now", email: "ada", code: "y", tier: "up", values };
  expect(found(forms, wrong)).toEqual([
    "id field_no_id",
    "day field_no_day",
    "at field_no_moment",
    "email field_no_email",
    "code field_wrong_form",
    "tier field_not_a_choice",
    "values.a field_too_small",
    "values.bc field_wrong_type",
  ]);
});

test("a step of an unknown type is told which types there are", () => {
  const { error } = workflowDefinition.safeParse(
    { steps: [{ id: "a", type: "jump" }] },
    { reportInput: true },
  );
  const [issue] = describeIssues(error?.issues ?? []);
  expect(issue?.values["field"]).toBe("steps.0.type");
  expect(issue?.values["choices"]).toContain("set_status, set_property");
});
