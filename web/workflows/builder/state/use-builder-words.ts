import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { waysOf } from "../../../../contract/workflow-graph.ts";
import { useFormat } from "../../../ui/format.ts";
import { useWorkflowWords } from "../../words/use-workflow-words.ts";
import { type Definition, findStep, type Place, type Step } from "../edits/definition.ts";

/** The words of workflows, with what only the builder says. */
export function useBuilderWords() {
  const { t } = useTranslation("workflow-builder");
  const format = useFormat();
  const words = useWorkflowWords();
  const way = (step: Step, key: string): string => {
    if (step.type === "split") {
      const part = step.parts[Number(key)];
      return `${words.way(step, key)} · ${format.percent((part?.percent ?? 0) / 100)}`;
    }
    return usualWay(t, step, key) ?? words.way(step, key);
  };
  return {
    ...words,
    way,
    /** The heading of a card: what people named it, else the kind of action. */
    heading: (step: Step) => step.name || words.action(step.type),
    /** "After 3. Delay", "At the beginning": a place in words. */
    place: (definition: Definition, place: Place, numbers: ReadonlyMap<string, number>): string => {
      const step = findStep(definition, place.step);
      if (!step) return t("place.start");
      const name = `${numbers.get(step.id) ?? ""}. ${step.name || words.action(step.type)}`;
      return waysOf(step).length === 1
        ? t("place.after", { step: name })
        : t("place.way", { step: name, way: way(step, place.key) });
    },
  };
}

/** The way of everybody else, where others have ways of their own. */
function usualWay(t: TFunction<"workflow-builder">, step: Step, key: string): string | undefined {
  if (key !== "next") return undefined;
  if (step.type === "set_status") return t("allOthers");
  return step.type === "webhook" ? t("sent") : undefined;
}
