import type { Happening, Step, WorkflowDefinition } from "../../../../contract/workflow-definition.ts";
import { stepsOf, waysOf } from "../../../../contract/workflow-graph.ts";

export type {
  Happening,
  Step,
  StepOf,
} from "../../../../contract/workflow-definition.ts";
export type Definition = WorkflowDefinition;
export type StepType = Step["type"];
export type HappeningType = Happening["type"];

/** A way out of a step, or, with `step` null, the way in: where a plus stands and an action can be put. */
export interface Place {
  readonly step: string | null;
  readonly key: string;
}

export const beginning: Place = { step: null, key: "next" };

export const samePlace = (one: Place, other: Place): boolean =>
  one.step === other.step && one.key === other.key;

export function findStep(definition: Definition, id: string | null | undefined): Step | undefined {
  return id === null || id === undefined ? undefined : stepsOf(definition).get(id);
}

/** Where a way leads; null ends it. */
export function targetOf(definition: Definition, { step, key }: Place): string | null {
  if (step === null) return definition.start;
  const from = findStep(definition, step);
  return (from && waysOf(from).find((way) => way.key === key)?.to) ?? null;
}

/** Every place of a definition, the way in first. A jump is no place: nothing can be put after it. */
export function placesOf(definition: Definition): Place[] {
  const ofSteps = definition.steps.flatMap((step) =>
    step.type === "go_to" ? [] : waysOf(step).map(({ key }) => ({ step: step.id, key })),
  );
  return [beginning, ...ofSteps];
}

/** The way along which things go on where a step is put before others, taken away or moved. */
export function mainKey(step: Step): string {
  return step.type === "branch" || step.type === "split" ? "0" : "next";
}

/** A step with one of its ways leading elsewhere. */
export function withWay(step: Step, key: string, to: string | null): Step {
  switch (step.type) {
    case "end":
      return step;
    case "go_to":
      return to === null ? step : { ...step, step: to };
    case "split":
      return { ...step, parts: numbered(step.parts, key, to) };
    case "branch":
      return key === "next" ? { ...step, next: to } : { ...step, branches: numbered(step.branches, key, to) };
    default:
      return withNamedWay(step, key, to);
  }
}

type Plain = Exclude<Step, { type: "end" | "go_to" | "split" | "branch" }>;

function withNamedWay(step: Plain, key: string, to: string | null): Step {
  if (key === "next") return { ...step, next: to };
  if (step.type === "set_status") return { ...step, branches: { ...step.branches, [key]: to } };
  if (step.type === "webhook") return { ...step, skipped: to };
  if (step.type === "delay" && step.until.kind === "happening")
    return { ...step, until: { ...step.until, timedOut: to } };
  return step;
}

function numbered<Branch>(branches: readonly Branch[], key: string, to: string | null): Branch[] {
  return branches.map((branch, place) => (String(place) === key ? { ...branch, next: to } : branch));
}

/** The same definition with one way leading elsewhere. */
export function leading(definition: Definition, { step, key }: Place, to: string | null): Definition {
  if (step === null) return { ...definition, start: to };
  return {
    ...definition,
    steps: definition.steps.map((each) => (each.id === step ? withWay(each, key, to) : each)),
  };
}

/**
 * Every way to one step leads to another, or ends. Jumps follow as well, unless asked otherwise; one that would lead
 * nowhere, or to itself, stays as it is.
 */
export function redirected(
  definition: Definition,
  from: string,
  { to, jumps = true }: { readonly to: string | null; readonly jumps?: boolean },
): Definition {
  const steps = definition.steps.map((step) =>
    step.type === "go_to" && (!jumps || to === step.id)
      ? step
      : waysOf(step)
          .filter((way) => way.to === from)
          .reduce((changed, { key }) => withWay(changed, key, to), step),
  );
  return { ...definition, start: definition.start === from ? to : definition.start, steps };
}

/** A step with no way on, as a copy of its settings begins. */
export function withoutWays(step: Step): Step {
  return waysOf(step).reduce((bare, { key }) => withWay(bare, key, null), step);
}
