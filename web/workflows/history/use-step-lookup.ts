import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Step, WorkflowDefinition } from "../../../contract/workflow-definition.ts";
import { inOrder } from "../versions/compare-definitions.ts";
import { useWorkflowWords } from "../words/use-workflow-words.ts";
import { workflowVersionsQuery } from "../workflow-query.ts";

export interface VersionedDefinition {
  readonly version: number;
  readonly definition: WorkflowDefinition;
}

/** Steps as people read them, by the version that names them; without a version by the newest that has the step. */
export interface StepLookup {
  readonly words: ReturnType<typeof useWorkflowWords>;
  readonly find: (id: string, version?: number) => Step | undefined;
  readonly title: (id: string, version?: number) => string;
  /** What brought a contact in. */
  readonly cause: (cause: string, version: number) => string;
  /** Every step that any version has, as contacts come by in the newest; those of older ones only behind. */
  readonly steps: readonly Step[];
}

/** The steps of these versions, newest first. */
export function useStepsOf(versions: readonly VersionedDefinition[]): StepLookup {
  const { t } = useTranslation("workflow-history");
  const words = useWorkflowWords();
  return useMemo(() => {
    const home = (id: string, version?: number) =>
      versions.find(
        (each) =>
          (version === undefined || each.version === version) &&
          each.definition.steps.some((step) => step.id === id),
      )?.definition;
    const find = (id: string, version?: number) => home(id, version)?.steps.find((step) => step.id === id);
    const all = new Map<string, Step>();
    for (const { definition } of versions) {
      for (const id of inOrder(definition)) {
        const step = all.get(id) ?? definition.steps.find((each) => each.id === id);
        if (step !== undefined) all.set(id, step);
      }
    }
    return {
      words,
      find,
      title: (id, version) => {
        if (id === "") return t("start");
        const [definition, step] = [home(id, version), find(id, version)];
        return definition && step ? words.title(definition, step) : t("unknownStep");
      },
      cause: (cause, version) =>
        words.cause(versions.find((each) => each.version === version)?.definition.triggers ?? [], cause),
      steps: [...all.values()],
    };
  }, [versions, words, t]);
}

const none: readonly VersionedDefinition[] = [];

/** The steps of every version of a workflow. */
export function useStepLookup(workflowId: string): StepLookup {
  const { data } = useQuery(workflowVersionsQuery(workflowId));
  return useStepsOf(data?.versions ?? none);
}
