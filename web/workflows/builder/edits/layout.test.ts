import { describe, expect, it } from "vitest";
import { workflowDefinition } from "../../../../contract/workflow-definition.ts";
import { canvasGraph, stepNode, wayNode } from "./canvas-graph.ts";
import { layOut, neighbour } from "./layout.ts";
import { itemsOf, outlineOf } from "./outline.ts";

const delay = (id: string, next: string | null) => ({
  id,
  type: "delay",
  until: { kind: "passed", amount: 1, unit: "days" },
  next,
});
const condition = (next: string | null) => ({ name: "", filter: {}, next });

/** a: three ways to b, c and d; b and c go on together at e; d jumps back to a. */
const definition = workflowDefinition.parse({
  start: "a",
  steps: [
    { id: "a", type: "branch", branches: [condition("b"), condition("c")], next: "d" },
    delay("b", "e"),
    delay("c", "e"),
    delay("d", "j"),
    { id: "j", type: "go_to", step: "a" },
    delay("e", null),
  ],
});
const graph = canvasGraph(definition);
const spots = layOut(graph, () => ({ width: 200, height: 60 }));
const middle = (id: string) => (spots.get(id)?.x ?? 0) + 100;

describe("canvasGraph", () => {
  it("draws a step once that several ways lead to", () => {
    expect(graph.nodes.filter(({ id }) => id === stepNode("e"))).toHaveLength(1);
    const into = graph.edges.filter(({ to }) => to === stepNode("e")).map(({ from }) => from);
    expect(into).toEqual([wayNode({ step: "b", key: "next" }), wayNode({ step: "c", key: "next" })]);
  });

  it("draws a jump beside the layout, with no plus behind it", () => {
    expect(graph.edges.filter(({ jump }) => jump)).toEqual([
      { id: "step-j>step-a", from: stepNode("j"), to: stepNode("a"), jump: true },
    ]);
    expect(graph.nodes.some(({ id }) => id === wayNode({ step: "j", key: "next" }))).toBe(false);
  });

  it("labels ways only where there are several", () => {
    const labelled = graph.nodes.flatMap((node) => (node.kind === "way" && node.labelled ? node.id : []));
    expect(labelled).toEqual(["0", "1", "next"].map((key) => wayNode({ step: "a", key })));
  });
});

describe("outlineOf", () => {
  it("says where a way goes on that joins another", () => {
    const items = itemsOf(outlineOf(definition));
    expect(items.map(({ step, number }) => `${number}${step.id}`)).toEqual([
      "1a",
      "2b",
      "3e",
      "4c",
      "5d",
      "6j",
    ]);
    expect(items[0]?.ways.map(({ joins, closed }) => joins ?? closed)).toEqual([false, "e", true]);
  });
});

describe("layOut", () => {
  it("keeps ways in their order, from the top down", () => {
    const ways = ["0", "1", "next"].map((key) => middle(wayNode({ step: "a", key })));
    expect(ways).toEqual(ways.toSorted((one, other) => one - other));
    const down = ["trigger", stepNode("a"), stepNode("b"), stepNode("e")].map((id) => spots.get(id)?.y ?? 0);
    expect(down).toEqual(down.toSorted((one, other) => one - other));
  });

  it("tells what an arrow key goes to", () => {
    expect(neighbour(spots, "trigger", "down")).toBe(wayNode({ step: null, key: "next" }));
    expect(neighbour(spots, stepNode("b"), "right")).toBe(stepNode("c"));
    expect(neighbour(spots, stepNode("c"), "left")).toBe(stepNode("b"));
    expect(neighbour(spots, "trigger", "up")).toBeUndefined();
    expect(neighbour(spots, "nothing", "up")).toBeUndefined();
  });
});
