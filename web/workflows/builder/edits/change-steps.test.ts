import { describe, expect, it } from "vitest";
import { workflowDefinition } from "../../../../contract/workflow-definition.ts";
import { waysOf } from "../../../../contract/workflow-graph.ts";
import {
  duplicateStep,
  followedWays,
  insertStep,
  lostWith,
  movePlaces,
  moveScopes,
  moveStep,
  removeStep,
} from "./change-steps.ts";
import { beginning, type Definition, findStep } from "./definition.ts";
import { newStep } from "./new-step.ts";
import { numbersOf } from "./outline.ts";

/** a: branch, Yes to b then d, No to c; a jump from c back to a. */
const tree = workflowDefinition.parse({
  start: "a",
  steps: [
    {
      id: "a",
      type: "branch",
      branches: [{ name: "Yes", filter: {}, next: "b" }],
      next: "c",
    },
    { id: "b", type: "delay", until: { kind: "passed", amount: 1, unit: "days" }, next: "d" },
    { id: "c", type: "delay", until: { kind: "passed", amount: 2, unit: "days" }, next: "j" },
    { id: "d", type: "set_status", value: "non_marketing" },
    { id: "j", type: "go_to", step: "a" },
  ],
});

const ways = (definition: Definition) =>
  Object.fromEntries(
    definition.steps.map((step) => [
      step.id,
      waysOf(step)
        .map(({ key, to }) => `${key}:${to ?? "-"}`)
        .join(" "),
    ]),
  );
const status = newStep("set_status", "n");

describe("insertStep", () => {
  it("begins an empty workflow", () => {
    const definition = insertStep(workflowDefinition.parse({}), beginning, status);
    expect([definition.start, ways(definition)]).toEqual(["n", { n: "next:-" }]);
  });

  it("lets what came there go on behind it", () => {
    const definition = insertStep(tree, { step: "a", key: "0" }, status);
    expect(ways(definition)).toMatchObject({ a: "0:n next:c", n: "next:b" });
  });

  it("lets what came there go on along the first way of a branch", () => {
    const definition = insertStep(tree, { step: "a", key: "next" }, newStep("branch", "n"));
    expect(ways(definition)).toMatchObject({ a: "0:b next:n", n: "0:c next:-" });
  });
});

describe("removeStep", () => {
  it("closes the gap", () =>
    expect(ways(removeStep(tree, "b", "next"))).toMatchObject({ a: "0:d next:c", d: "next:-" }));

  it("keeps the way of a branch that was chosen, and says how many go with the others", () => {
    expect(followedWays(findStep(tree, "a") ?? status)).toEqual(["0", "next"]);
    expect(lostWith(tree, "a", "0")).toBe(2);
    const definition = removeStep(tree, "a", "0");
    expect([definition.start, Object.keys(ways(definition))]).toEqual(["b", ["b", "d"]]);
  });

  it("lets jumps follow what takes its place", () =>
    expect(ways(removeStep(tree, "a", "next"))).toEqual({ c: "next:j", j: "next:c" }));

  it("keeps nothing when nothing is to be kept", () =>
    expect(removeStep(tree, "a", null)).toMatchObject({ start: null, steps: [] }));
});

describe("moveStep", () => {
  it("moves one action between two others", () => {
    expect(moveScopes(findStep(tree, "d") ?? status)).toEqual(["one", "below"]);
    const definition = moveStep(tree, { id: "b", to: { step: "a", key: "next" }, scope: "one" });
    expect(ways(definition)).toMatchObject({ a: "0:d next:b", b: "next:c" });
  });

  it("moves an action with what follows to where nothing follows", () => {
    const places = movePlaces(tree, "c", "below");
    expect(places).toEqual([{ step: "d", key: "next" }]);
    const definition = moveStep(tree, { id: "c", to: { step: "d", key: "next" }, scope: "below" });
    expect(ways(definition)).toMatchObject({ a: "0:b next:-", d: "next:c", c: "next:j" });
  });

  it("changes nothing where it cannot go", () =>
    expect(moveStep(tree, { id: "a", to: { step: "b", key: "next" }, scope: "below" })).toBe(tree));
});

describe("duplicateStep", () => {
  it("puts the copy right behind", () =>
    expect(ways(duplicateStep(tree, "b", "n"))).toMatchObject({ b: "next:n", n: "next:d" }));

  it("puts the copy of a branch before it, without its ways", () => {
    const definition = duplicateStep(tree, "a", "n");
    expect(definition.start).toBe("n");
    expect(ways(definition)).toMatchObject({ n: "0:a next:-", j: "next:n" });
  });
});

describe("numbersOf", () => {
  it("counts in reading order", () =>
    expect(Object.fromEntries(numbersOf(tree))).toEqual({ a: 1, b: 2, d: 3, c: 4, j: 5 }));
});
