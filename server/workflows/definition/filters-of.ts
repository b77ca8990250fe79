import type { Filter } from "#contract/filters.ts";
import type { Happening, WorkflowDefinition } from "#contract/workflow-definition.ts";

/** Every filter that a definition names. */
export function filtersOf({ triggers, unenroll, goal, steps }: WorkflowDefinition): Filter[] {
  const ofSteps = steps.flatMap((step) => {
    if (step.type === "branch") return step.branches.map(({ filter }) => filter);
    if (step.type === "delay" && step.until.kind === "happening") return filterOf(step.until.happening);
    return [];
  });
  return [...triggers.flatMap(filterOf), ...[unenroll, goal].flatMap((filter) => filter ?? []), ...ofSteps];
}

function filterOf(happening: Happening): Filter[] {
  return happening.type === "filter_met" ? [happening.filter] : [];
}
