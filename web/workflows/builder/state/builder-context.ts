import { createContext, useContext } from "react";
import type { Reply } from "../../../api.ts";
import type { Workflow } from "../../workflow-query.ts";
import type { MoveScope } from "../edits/change-steps.ts";
import type { Definition, Place, StepType } from "../edits/definition.ts";
import type { Autosave } from "./use-autosave.ts";
import type { Counts } from "./use-step-counts.ts";

export type TestReply = Reply<"POST /api/workflows/:workflowId/test">;

/** What the panel at the right shows. */
export type Panel =
  | { readonly kind: "step"; readonly id: string }
  | { readonly kind: "trigger" }
  | { readonly kind: "settings" }
  | { readonly kind: "add"; readonly place: Place }
  | { readonly kind: "move"; readonly id: string; readonly scope: MoveScope }
  | { readonly kind: "remove"; readonly id: string }
  | { readonly kind: "test" };

export interface TestRun {
  readonly contact: { readonly id: string; readonly name: string };
  readonly reply: TestReply;
}

/** A workflow as it is being built: what every part of the builder reads and calls. */
export interface Builder {
  readonly workflow: Workflow;
  readonly definition: Definition;
  /** Grows whenever the definition is changed by something other than the field one writes in. */
  readonly round: number;
  readonly readOnly: boolean;
  readonly autosave: Autosave;
  /** `about` names the field that is written in: going on there is one edit. */
  readonly edit: (definition: Definition, about?: string) => void;
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  readonly panel: Panel | null;
  readonly open: (panel: Panel | null) => void;
  readonly insert: (place: Place, type: StepType) => void;
  /** At once where nothing else goes with it; asks otherwise. */
  readonly remove: (id: string) => void;
  readonly removeKeeping: (id: string, keep: string | null) => void;
  readonly duplicate: (id: string) => void;
  readonly move: (id: string, to: Place, scope: MoveScope) => void;
  readonly test: TestRun | null;
  readonly setTest: (test: TestRun | null) => void;
  readonly counts: Counts;
}

export const BuilderContext = createContext<Builder | null>(null);

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (builder === null) throw new Error("Only inside the builder");
  return builder;
}

/** The problems of a step, or of the whole with `null`. */
export function problemsAt({ workflow, definition }: Builder, step: string | null) {
  const known = step === null || definition.steps.some(({ id }) => id === step);
  return known ? workflow.problems.filter((problem) => problem.step === step) : [];
}

/** The sentences about one setting of a step, or of the whole. */
export function problemOf(builder: Builder, step: string | null, field: string): string | undefined {
  const found = problemsAt(builder, step).filter((problem) => problem.field === field);
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(" ");
}
