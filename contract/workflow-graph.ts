import type { Step, WorkflowDefinition } from "./workflow-definition.ts";

/** One way out of a step: where it shows (`next`, an outcome, a branch's place) and where it leads. */
export interface Way {
  readonly key: string;
  readonly to: string | null;
}

/** Every way out of a step, in the order in which screens draw them. */
export function waysOf(step: Step): readonly Way[] {
  switch (step.type) {
    case "end":
      return [];
    case "go_to":
      return [{ key: "next", to: step.step }];
    case "set_status":
      return [...Object.entries(step.branches).map(([key, to]) => ({ key, to: to ?? null })), next(step)];
    case "branch":
      return [...numbered(step.branches), next(step)];
    case "split":
      return numbered(step.parts);
    case "delay":
      return step.until.kind === "happening"
        ? [next(step), { key: "timed_out", to: step.until.timedOut }]
        : [next(step)];
    case "webhook":
      return step.marketingTool ? [next(step), { key: "skipped", to: step.skipped }] : [next(step)];
    default:
      return [next(step)];
  }
}

function next(step: { readonly next: string | null }): Way {
  return { key: "next", to: step.next };
}

function numbered(branches: readonly { readonly next: string | null }[]): Way[] {
  return branches.map(({ next: to }, place) => ({ key: String(place), to }));
}

/** Steps by their id. */
export function stepsOf({ steps }: WorkflowDefinition): ReadonlyMap<string, Step> {
  return new Map(steps.map((step) => [step.id, step]));
}

/** Steps that nobody can come to. */
export function unreachable(definition: WorkflowDefinition): string[] {
  const steps = stepsOf(definition);
  const reached = new Set<string>();
  const open = definition.start === null ? [] : [definition.start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = steps.get(id);
    if (!step || reached.has(id)) continue;
    reached.add(id);
    open.push(...waysOf(step).flatMap(({ to }) => to ?? []));
  }
  return definition.steps.filter(({ id }) => !reached.has(id)).map(({ id }) => id);
}

/** A step that leads back to itself without a delay on the way: a contact would go round for ever. */
export function endlessLoop(definition: WorkflowDefinition): string | undefined {
  const steps = stepsOf(definition);
  const done = new Set<string>();
  const path = new Set<string>();
  const visit = (id: string): string | undefined => {
    const step = steps.get(id);
    if (!step || done.has(id) || step.type === "delay") return undefined;
    if (path.has(id)) return id;
    path.add(id);
    for (const { to } of waysOf(step)) {
      const found = to === null ? undefined : visit(to);
      if (found !== undefined) return found;
    }
    path.delete(id);
    done.add(id);
    return undefined;
  };
  for (const { id } of definition.steps) {
    const found = visit(id);
    if (found !== undefined) return found;
  }
  return undefined;
}
