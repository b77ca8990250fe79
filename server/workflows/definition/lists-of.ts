import type { Happening, WorkflowDefinition } from "#contract/workflow-definition.ts";
import { filtersOf } from "./filters-of.ts";

/** Every list that a definition names, in triggers, steps and filters. */
export function listsOf(definition: WorkflowDefinition): ReadonlySet<string> {
  const { triggers, suppressionListIds, steps } = definition;
  const happenings = steps.flatMap((step) =>
    step.type === "delay" && step.until.kind === "happening" ? step.until.happening : [],
  );
  const inFilters = filtersOf(definition).flatMap(({ filterGroups }) =>
    filterGroups
      .flatMap(({ filters }) => filters)
      .filter(({ propertyName }) => propertyName === "lists")
      .flatMap(({ values, value }) => values ?? value?.split(";") ?? []),
  );
  const inSteps = steps.flatMap((step) => ("listId" in step ? step.listId : []));
  return new Set([
    ...suppressionListIds,
    ...[...triggers, ...happenings].flatMap(listOf),
    ...inSteps,
    ...inFilters,
  ]);
}

function listOf(happening: Happening): string[] {
  return "listId" in happening ? [happening.listId] : [];
}
