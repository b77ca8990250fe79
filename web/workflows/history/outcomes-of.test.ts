import { expect, test } from "vitest";
import type { Step } from "../../../contract/workflow-definition.ts";
import { outcomesOf } from "./outcomes-of.ts";
import type { StepLookup } from "./use-step-lookup.ts";

const steps: Record<string, Step> = {
  a: { id: "a", name: "", type: "set_status", value: "marketing", branches: {}, next: null },
  b: { id: "b", name: "", type: "branch", branches: [], next: null },
};
const words = { outcome: (_: Step | undefined, outcome: string) => outcome.toUpperCase() };
const lookup = { find: (id: string) => steps[id], words: words as StepLookup["words"] };
const count = (step: string, outcome: string) => ({ step, outcome, contacts: 1 });
const numbers = [
  count("", "enrolled"),
  count("a", "set"),
  count("a", "parked"),
  count("b", "0"),
  count("a", "held"),
];

test("outcomes of all steps leave out ways of branches and what is no outcome", () => {
  expect(outcomesOf(numbers, lookup, undefined)).toEqual([
    { value: "set", label: "SET" },
    { value: "held", label: "HELD" },
  ]);
});

test("a branch offers its ways where it is chosen", () => {
  expect(outcomesOf(numbers, lookup, "b")).toEqual([{ value: "0", label: "0" }]);
});
