import type { Step, StepOf, StepType } from "../edits/definition.ts";

/** What the fields of an action are given. `field` names what is written in, for undo. */
export interface StepFieldProps<Type extends StepType> {
  readonly step: StepOf<Type>;
  readonly change: (step: Step, field: string) => void;
  /** What is wrong with a setting. */
  readonly problem: (field: string) => string | undefined;
}
