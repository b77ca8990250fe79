import { waysOf } from "../../../../contract/workflow-graph.ts";
import { type Definition, findStep, redirected } from "./definition.ts";

/** Takes out what nobody can come to any more, and jumps to what is gone: their ways end. */
export function pruned(definition: Definition): Definition {
  let kept = reachableOnly(definition);
  for (let jump = lostJump(kept); jump !== undefined; jump = lostJump(kept))
    kept = reachableOnly(withoutJump(kept, jump));
  return kept;
}

/** Steps one can come to from a step, following jumps. */
function reachable(definition: Definition, from: string | null): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [from];
  while (open.length > 0) {
    const step = findStep(definition, open.pop());
    if (!step || reached.has(step.id)) continue;
    reached.add(step.id);
    open.push(...waysOf(step).map(({ to }) => to));
  }
  return reached;
}

/** What is below a step: itself and all it leads to, jumps not followed. */
export function below(definition: Definition, id: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open: (string | null)[] = [id];
  while (open.length > 0) {
    const step = findStep(definition, open.pop());
    if (!step || reached.has(step.id)) continue;
    reached.add(step.id);
    if (step.type !== "go_to") open.push(...waysOf(step).map(({ to }) => to));
  }
  return reached;
}

function reachableOnly(definition: Definition): Definition {
  const reached = reachable(definition, definition.start);
  const steps = definition.steps.filter(({ id }) => reached.has(id));
  return steps.length === definition.steps.length ? definition : { ...definition, steps };
}

function lostJump({ steps }: Definition): string | undefined {
  const known = new Set(steps.map(({ id }) => id));
  return steps.find((step) => step.type === "go_to" && (!known.has(step.step) || step.step === step.id))?.id;
}

function withoutJump(definition: Definition, jump: string): Definition {
  const steps = definition.steps.filter(({ id }) => id !== jump);
  return redirected({ ...definition, steps }, jump, { to: null });
}
