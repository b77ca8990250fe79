import { useQuery } from "@tanstack/react-query";
import { waysOf } from "../../../../contract/workflow-graph.ts";
import { useFormat } from "../../../ui/format.ts";
import { isStepResult } from "../../step-result.ts";
import {
  type Workflow,
  type WorkflowNumbers,
  type WorkflowPrice,
  workflowNumbersQuery,
  workflowPriceQuery,
} from "../../workflow-query.ts";
import { type Definition, findStep, type Place, targetOf } from "../edits/definition.ts";
import type { Autosave } from "./use-autosave.ts";

/** How many contacts came, or would come, to a step. */
export interface StepCount {
  readonly contacts: number;
  readonly about: boolean;
  /** It has happened; otherwise it is what turning on would do. */
  readonly real: boolean;
  readonly waiting: number;
  readonly retrying: number;
  readonly parked: number;
}

export interface Counts {
  readonly step: (id: string) => StepCount | undefined;
  readonly way: (place: Place) => number | undefined;
  readonly enrolls: number | null | undefined;
  readonly price: WorkflowPrice | undefined;
}

/**
 * Numbers on the canvas: once a workflow has run, what has happened; before that, what turning it on now would do. The
 * price is asked for a draft that is saved and has nothing to mend.
 */
export function useStepCounts(workflow: Workflow, definition: Definition, autosave: Autosave): Counts {
  const ran = workflow.version !== null;
  const numbers = useQuery({ ...workflowNumbersQuery(workflow.id), enabled: ran });
  const priced = !workflow.draftRuns && workflow.problems.length === 0 && autosave.state === "saved";
  const price = useQuery({ ...workflowPriceQuery(workflow), enabled: priced }).data;
  const shown = priced ? price : undefined;
  if (ran) return { ...real(definition, numbers.data), price: shown, enrolls: workflow.enrolled };
  return { ...planned(definition, shown), price: shown, enrolls: shown?.enrolls };
}

function real(definition: Definition, numbers: WorkflowNumbers | undefined): Pick<Counts, "step" | "way"> {
  const passed = (id: string, outcome?: string) =>
    numbers?.steps
      .filter((each) => each.step === id)
      .filter((each) => (outcome === undefined ? isStepResult(each.outcome) : each.outcome === outcome))
      .reduce((sum, { contacts }) => sum + contacts, 0) ?? 0;
  const inside = (id: string, state: string) =>
    numbers?.inside.find((each) => each.step === id && each.state === state)?.contacts ?? 0;
  return {
    step: (id) =>
      numbers && {
        contacts: passed(id),
        about: false,
        real: true,
        waiting: inside(id, "waiting"),
        retrying: inside(id, "retrying"),
        parked: inside(id, "parked"),
      },
    way: ({ step, key }) => {
      const from = findStep(definition, step);
      const counted = from?.type === "branch" || from?.type === "split" || key !== "next";
      return numbers && from && counted ? passed(from.id, key) : undefined;
    },
  };
}

function planned(definition: Definition, price: WorkflowPrice | undefined): Pick<Counts, "step" | "way"> {
  const ways = definition.steps.flatMap((step) => waysOf(step).map(({ to }) => to));
  return {
    step: (id) => {
      const found = price?.steps[id];
      return found && { ...found, real: false, waiting: 0, retrying: 0, parked: 0 };
    },
    way: (place) => {
      const to = targetOf(definition, place);
      const alone = to !== null && ways.filter((each) => each === to).length === 1;
      return alone && place.step !== null ? price?.steps[to]?.contacts : undefined;
    },
  };
}

/** "1,204", "about 602". */
export function useCountText(): (count: Pick<StepCount, "contacts" | "about">) => string {
  const format = useFormat();
  return ({ contacts, about }) => `${about ? "≈ " : ""}${format.number(contacts)}`;
}
