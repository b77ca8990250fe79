import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Happening, Step, WorkflowDefinition } from "../../../contract/workflow-definition.ts";
import { useDescribeFilter } from "../../filters/use-describe-condition.ts";
import { useFormat } from "../../ui/format.ts";
import { causeText, happeningText, outcomeText, stepSentence, type Words, wayText } from "./step-words.ts";
import { useNames } from "./use-names.ts";

type Definition = Pick<WorkflowDefinition, "steps">;

/** Sentences about workflows in the reader's language, with names instead of ids. */
export function useWorkflowWords() {
  const { t } = useTranslation("workflow-words");
  const format = useFormat();
  const names = useNames();
  const filter = useDescribeFilter(names.fields);
  return useMemo(() => {
    const words: Words = { t, format, names, filter };
    return {
      words,
      property: names.property,
      /** "Set marketing contact status". */
      action: (type: Step["type"]) => t(`action.${type}`),
      /** What people named it, else what it does. */
      title: (definition: Definition, step: Step) => step.name || sentence(words, definition, step),
      sentence: (definition: Definition, step: Step) => sentence(words, definition, step),
      happening: (happening: Happening) => happeningText(words, happening),
      way: (step: Step, way: string) => wayText(words, step, way),
      outcome: (step: Step | undefined, outcome: string) => outcomeText(words, step, outcome),
      cause: (triggers: readonly Happening[], cause: string) => causeText(words, triggers, cause),
    };
  }, [t, format, names, filter]);
}

function sentence(words: Words, { steps }: Definition, step: Step): string {
  return stepSentence(words, step, (id) => titleOf(words, steps, id));
}

/** A step named by another one. */
function titleOf(words: Words, steps: readonly Step[], id: string): string {
  const found = steps.find((each) => each.id === id);
  if (found === undefined) return words.t("unknownStep");
  return (
    found.name || (found.type === "go_to" ? words.t("action.go_to") : stepSentence(words, found, () => ""))
  );
}
