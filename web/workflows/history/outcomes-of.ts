import { isStepResult } from "../step-result.ts";
import type { WorkflowNumbers } from "../workflow-query.ts";
import type { StepLookup } from "./use-step-lookup.ts";

/** Outcomes to choose from, with their words: of one step, or of all. Ways of branches have words only at their step. */
export function outcomesOf(
  numbers: WorkflowNumbers["steps"],
  { find, words }: Pick<StepLookup, "find" | "words">,
  at: string | undefined,
): { value: string; label: string }[] {
  const found = new Map<string, string>();
  for (const { step, outcome } of numbers) {
    const own = step !== "" && isStepResult(outcome) && (at === undefined || step === at);
    const type = find(step)?.type;
    const isWay = type === "branch" || type === "split";
    if (own && (!isWay || at !== undefined)) found.set(outcome, words.outcome(find(step), outcome));
  }
  return [...found].map(([value, label]) => ({ value, label }));
}
