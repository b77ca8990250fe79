import { describe, expect, test } from "vitest";
import { workflowDefinition } from "../../../contract/workflow-definition.ts";
import { compareDefinitions, inOrder, isSame } from "./compare-definitions.ts";

const lower = { id: "a", type: "set_status", value: "non_marketing", next: "d" };
const wait = { id: "d", type: "delay", until: { kind: "passed", amount: 3, unit: "days" }, next: "c" };
const clear = { id: "c", type: "clear_property", propertyName: "city" };
const first = define({ start: "a", steps: [lower, wait, clear] });

function define(definition: object) {
  return workflowDefinition.parse(definition);
}

function changes(after: object): string[] {
  return compareDefinitions(first, define(after)).steps.map(({ id, change }) => `${id} ${change}`);
}

describe("steps", () => {
  test("are the same where nothing was changed, in whatever order they are kept", () => {
    expect(changes({ start: "a", steps: [clear, wait, lower] })).toEqual(["a same", "d same", "c same"]);
  });

  test("are changed, added and removed", () => {
    const longer = { ...wait, until: { ...wait.until, amount: 5 }, next: "n" };
    const tell = { id: "n", type: "notify", to: { owner: true }, title: "Gone" };
    expect(changes({ start: "a", steps: [lower, longer, tell] })).toEqual([
      "a same",
      "d changed",
      "c removed",
      "n added",
    ]);
  });

  test("that only lead elsewhere have moved", () => {
    expect(changes({ start: "a", steps: [{ ...lower, next: "c" }, clear] })).toEqual([
      "a moved",
      "d removed",
      "c same",
    ]);
  });

  test("with other ways of a branch are changed, with other ends of the same ways moved", () => {
    const filter = { filterGroups: [{ filters: [{ propertyName: "city", operator: "EQ", value: "Lund" }] }] };
    const branch = (way: object) => ({
      id: "b",
      type: "branch",
      branches: [{ name: "Lund", filter, ...way }],
    });
    const old = define({ start: "b", steps: [branch({ next: "c" }), clear] });
    const kinds = (way: object) =>
      compareDefinitions(old, define({ start: "b", steps: [branch(way), clear] })).steps[0]?.change;
    expect(kinds({ next: "c" })).toBe("same");
    expect(kinds({ next: null })).toBe("moved");
    expect(kinds({ name: "Malmö", next: "c" })).toBe("changed");
  });

  test("that are first and removed stand first", () => {
    expect(changes({ start: "d", steps: [wait, clear] })).toEqual(["a removed", "d same", "c same"]);
    expect(compareDefinitions(first, define({ start: "d", steps: [wait, clear] })).startMoved).toBe(true);
  });
});

test("settings say whether they differ", () => {
  const after = define({ ...first, triggers: [{ type: "opted_out" }], suppressionListIds: ["7"] });
  const changed = compareDefinitions(first, after).settings.filter(({ changed }) => changed);
  expect(changed.map(({ setting }) => setting)).toEqual(["triggers", "suppressionListIds"]);
});

test("steps come in the order in which contacts do, those that nobody comes to last", () => {
  const lonely = { id: "z", type: "end" };
  expect(inOrder(define({ start: "a", steps: [lonely, clear, wait, lower] }))).toEqual(["a", "d", "c", "z"]);
});

test("what is undefined is not there", () => {
  expect(isSame({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  expect(isSame({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
});
