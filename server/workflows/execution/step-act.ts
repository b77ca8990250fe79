import type { Step, StepOf } from "#contract/workflow-definition.ts";
import type { Context } from "#server/platform/context.ts";
import type { RunningWorkflow } from "../workflow.ts";

/** What became of some contacts at a step; groups add up to the contacts that were at it. */
export interface StepOutcome {
  /** A code such as `set`, `skipped`, `edited`. */
  readonly outcome: string;
  /** The way they take; `next` unless the step has several. */
  readonly way?: string;
  readonly contactIds: readonly string[];
  /** Values for the history: the property, the answer's status. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly operationId?: string | null;
  /** Not done for these: they wait until people decide. */
  readonly waits?: Waits;
  /** Done, and then they leave the workflow. */
  readonly leaves?: { readonly reason: string; readonly details: Readonly<Record<string, unknown>> };
  /** Not done for these: tried again, or parked. */
  readonly trouble?: Trouble;
}

/** What people decide about: a raise that is held, or a workflow that was too fast. */
export type Waits = "held" | "spike";

/** Why a step is not done for somebody: tried again, or parked until a person decides. */
export interface Trouble {
  readonly kind: "retry" | "park";
  /** A code with a text in `workflows:trouble`. */
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** When the other side said it may be tried again. */
  readonly seconds: number | null;
  /** It may lie with one of those who were worked together. */
  readonly apart?: boolean;
}

export interface StepRun<Type extends Step["type"] = Step["type"]> {
  readonly workflow: RunningWorkflow;
  readonly step: StepOf<Type>;
  readonly contactIds: readonly string[];
  /** Those of them whose raise was held at this step. */
  readonly waited: readonly string[];
  /** The same each time the step is tried for a contact in its present round: whoever gets it twice can tell. */
  readonly key: (contactId: string) => string;
}

export type StepAct<Type extends Step["type"] = Step["type"]> = (
  context: Context,
  run: StepRun<Type>,
) => Promise<StepOutcome[]>;

/** Reaches outside the database: worked apart, and recorded afterwards if the claim still stands. */
export function isOutside(step: Step): boolean {
  return step.type === "webhook";
}
