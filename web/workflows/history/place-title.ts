import type { WorkflowNumbers } from "../workflow-query.ts";
import type { StepLookup } from "./use-step-lookup.ts";

type Inside = WorkflowNumbers["inside"];

/** What a step is called by the versions in which contacts stand before it, newest first; once where they agree. */
export function placeTitle(inside: Inside, step: string, { title }: Pick<StepLookup, "title">): string {
  const versions = inside.filter((place) => place.step === step).map(({ version }) => version);
  const titles = versions.toSorted((a, b) => b - a).map((version) => title(step, version));
  return [...new Set(titles)].join(" / ");
}
