import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { workflowDefinition } from "../../../../contract/workflow-definition.ts";
import { unreachable, waysOf } from "../../../../contract/workflow-graph.ts";
import { canvasGraph } from "./canvas-graph.ts";
import {
  changeStep,
  duplicateStep,
  insertStep,
  movePlaces,
  moveScopes,
  moveStep,
  removeStep,
} from "./change-steps.ts";
import { type Definition, placesOf, type Step, type StepType, targetOf } from "./definition.ts";
import { layOut } from "./layout.ts";
import { freshId, newStep } from "./new-step.ts";
import { itemsOf, outlineOf } from "./outline.ts";

const blank: Definition = workflowDefinition.parse({});
const types: readonly StepType[] = [
  "set_status",
  "add_to_list",
  "branch",
  "split",
  "delay",
  "webhook",
  "go_to",
  "end",
];

/** One thing somebody does in the builder, by numbers that are taken modulo what there is to choose from. */
interface Edit {
  readonly act: "insert" | "remove" | "move" | "duplicate" | "ways" | "jump";
  readonly type: StepType;
  readonly at: number;
  readonly to: number;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  act: fc.constantFrom("insert", "insert", "insert", "remove", "move", "duplicate", "ways", "jump"),
  type: fc.constantFrom(...types),
  at: fc.nat(999),
  to: fc.nat(999),
});

const pick = <Item>(items: readonly Item[], at: number): Item | undefined =>
  items[at % Math.max(items.length, 1)];

const acts: Record<Edit["act"], (definition: Definition, edit: Edit) => Definition> = {
  insert: (definition, { type, at, to }) => {
    const place = pick(placesOf(definition), at);
    if (!place) return definition;
    const step = newStep(type, freshId(definition));
    if (step.type !== "go_to" && step.type !== "end") return insertStep(definition, place, step);
    const jump = pick(definition.steps, to);
    if (targetOf(definition, place) !== null || !jump) return definition;
    return insertStep(definition, place, step.type === "go_to" ? { ...step, step: jump.id } : step);
  },
  remove: (definition, { at, to }) => {
    const step = pick(definition.steps, at);
    return step
      ? removeStep(definition, step.id, pick([null, ...waysOf(step).map(({ key }) => key)], to) ?? null)
      : definition;
  },
  move: (definition, { at, to }) => {
    const step = pick(definition.steps, at);
    const scope = step && pick(moveScopes(step), to);
    if (!step || !scope) return definition;
    const place = pick(movePlaces(definition, step.id, scope), to);
    return place ? moveStep(definition, { id: step.id, to: place, scope }) : definition;
  },
  duplicate: (definition, { at }) => {
    const step = pick(definition.steps, at);
    return step ? duplicateStep(definition, step.id, freshId(definition)) : definition;
  },
  ways: (definition, { at, to }) => {
    const step = pick(definition.steps, at);
    return step ? changeStep(definition, withOtherWays(step, to)) : definition;
  },
  jump: (definition, { at, to }) => {
    const jumps = definition.steps.filter((step) => step.type === "go_to");
    const [jump, target] = [pick(jumps, at), pick(definition.steps, to)];
    return jump && target && target.id !== jump.id
      ? changeStep(definition, { ...jump, step: target.id })
      : definition;
  },
};

function withOtherWays(step: Step, to: number): Step {
  if (step.type === "set_status")
    return { ...step, branches: to % 2 === 0 ? { held: null, ...step.branches } : {} };
  if (step.type === "webhook") return { ...step, marketingTool: to % 2 === 0 };
  if (step.type === "branch" && step.branches.length < 4)
    return { ...step, branches: [...step.branches, { name: "", filter: { filterGroups: [] }, next: null }] };
  return step;
}

/** What must hold after any edit. */
function expectSound(definition: Definition): void {
  const ids = definition.steps.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(workflowDefinition.safeParse(definition).error).toBeUndefined();
  const targets = [definition.start, ...definition.steps.flatMap((step) => waysOf(step).map(({ to }) => to))];
  expect(targets.filter((to) => to !== null && !ids.includes(to))).toEqual([]);
  expect(unreachable(definition)).toEqual([]);
}

const rows = fc.array(edit, { maxLength: 40 });

function after(edits: readonly Edit[]): Definition {
  return edits.reduce((definition, edit) => acts[edit.act](definition, edit), blank);
}

describe("any row of edits", () => {
  it("keeps the definition sound after each of them", () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(rows, (edits) => {
        let definition = blank;
        for (const each of edits) {
          definition = acts[each.act](definition, each);
          expectSound(definition);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("leaves an outline and a canvas that show every step once", () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(rows, (edits) => {
        const definition = after(edits);
        const items = itemsOf(outlineOf(definition));
        expect(items.map(({ step }) => step.id).toSorted()).toEqual(
          definition.steps.map(({ id }) => id).toSorted(),
        );
        expect(items.map(({ number }) => number)).toEqual(items.map((_, at) => at + 1));
        const { nodes, edges } = canvasGraph(definition);
        const ids = new Set(nodes.map(({ id }) => id));
        expect(ids.size).toBe(nodes.length);
        expect(edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
        expect(nodes.filter(({ kind }) => kind === "way")).toHaveLength(placesOf(definition).length);
      }),
      { numRuns: 200 },
    );
  });
});

describe("after any row of edits", () => {
  it("loses nothing by moving one action", () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(rows, fc.nat(999), fc.nat(999), (edits, at, to) => {
        const definition = after(edits);
        const alone = definition.steps.filter((step) => moveScopes(step)[0] === "one");
        const step = pick(alone, at);
        const place = step && pick(movePlaces(definition, step.id, "one"), to);
        const moved =
          step && place ? moveStep(definition, { id: step.id, to: place, scope: "one" }) : definition;
        expect(moved.steps.length).toBe(definition.steps.length);
      }),
      { numRuns: 200 },
    );
  });

  it("can be laid out without cards that cover each other", () => {
    expect.hasAssertions();
    const size = { width: 280, height: 90 };
    fc.assert(
      fc.property(rows, (edits) => {
        const spots = [...layOut(canvasGraph(after(edits)), () => size).values()];
        const touching = spots.filter((one, at) =>
          spots
            .slice(at + 1)
            .some(
              (other) => Math.abs(one.x - other.x) < size.width && Math.abs(one.y - other.y) < size.height,
            ),
        );
        expect(touching).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
