import type { Step, WorkflowDefinition } from "../../../contract/workflow-definition.ts";
import { stepsOf, waysOf } from "../../../contract/workflow-graph.ts";

/** What became of a step: `moved` does the same and goes on elsewhere. */
export type StepChange = "same" | "added" | "removed" | "changed" | "moved";

export interface ComparedStep {
  readonly id: string;
  readonly change: StepChange;
  readonly before: Step | null;
  readonly after: Step | null;
}

/** What a definition says besides its steps. */
const settings = ["triggers", "reenroll", "suppressionListIds", "unenroll", "goal", "window"] as const;
export type Setting = (typeof settings)[number];

export interface Comparison {
  readonly settings: readonly { readonly setting: Setting; readonly changed: boolean }[];
  /** Where it begins has changed. */
  readonly startMoved: boolean;
  /** In the order in which contacts come by; what was removed stands where it was. */
  readonly steps: readonly ComparedStep[];
}

/** What differs between two definitions. Steps keep their ids through edits, so that they find each other. */
export function compareDefinitions(before: WorkflowDefinition, after: WorkflowDefinition): Comparison {
  const [old, now] = [stepsOf(before), stepsOf(after)];
  return {
    settings: settings.map((setting) => ({ setting, changed: !isSame(before[setting], after[setting]) })),
    startMoved: before.start !== after.start,
    steps: merged(inOrder(before), inOrder(after)).map((id) => compared(id, old.get(id), now.get(id))),
  };
}

function compared(id: string, before: Step | undefined, after: Step | undefined): ComparedStep {
  const pair = { id, before: before ?? null, after: after ?? null };
  if (before === undefined || after === undefined)
    return { ...pair, change: before === undefined ? "added" : "removed" };
  if (isSame(before, after)) return { ...pair, change: "same" };
  return { ...pair, change: isSame(withoutWays(before), withoutWays(after)) ? "moved" : "changed" };
}

/** What a step does, without where it leads. */
function withoutWays(step: Step): unknown {
  const nowhere = { next: null };
  const rest = { ...step, ...nowhere, skipped: null };
  if (step.type === "branch")
    return { ...rest, branches: step.branches.map((way) => ({ ...way, ...nowhere })) };
  if (step.type === "split") return { ...rest, parts: step.parts.map((part) => ({ ...part, ...nowhere })) };
  if (step.type === "set_status") return { ...rest, branches: Object.keys(step.branches).toSorted() };
  if (step.type === "delay" && step.until.kind === "happening")
    return { ...rest, until: { ...step.until, timedOut: null } };
  return rest;
}

/** Step ids as contacts come by, each once; what nobody comes to is last. */
export function inOrder(definition: WorkflowDefinition): string[] {
  const steps = stepsOf(definition);
  const seen = new Set<string>();
  const open = [definition.start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = id === null || seen.has(id) ? undefined : steps.get(id);
    if (step === undefined) continue;
    seen.add(step.id);
    open.push(
      ...waysOf(step)
        .map(({ to }) => to)
        .toReversed(),
    );
  }
  return [...new Set([...seen, ...steps.keys()])];
}

/** The order of now, with each removed one behind what stood before it. */
function merged(before: readonly string[], after: readonly string[]): string[] {
  const order = [...after];
  for (const [place, id] of before.entries()) {
    if (order.includes(id)) continue;
    const previous = place === 0 ? -1 : order.indexOf(before[place - 1] ?? "");
    order.splice(previous + 1, 0, id);
  }
  return order;
}

/** Equal in everything, whatever the order of keys; what is undefined is not there. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, sortedKeys) === JSON.stringify(other, sortedKeys);
}

function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
