import type { Preview, Target } from "../../marketing-status/preview-groups.ts";
import type { Workflow, WorkflowPrice } from "../workflow-query.ts";

type Groups = Preview["groups"];

interface DirectionPrice {
  readonly to: Target;
  /** How many come to a step that sets this status. */
  readonly contacts: number;
  readonly groups: Groups;
}

const directions: readonly Target[] = ["marketing", "non_marketing"];

/** What the steps that set a status would do, added up by direction; a direction that no step has is left out. */
export function priceByDirection(
  price: Pick<WorkflowPrice, "steps">,
  { steps }: Pick<Workflow["draft"], "steps">,
): DirectionPrice[] {
  return directions.flatMap((to) => {
    const setting = steps.filter((step) => step.type === "set_status" && step.value === to);
    if (setting.length === 0) return [];
    const reached = setting.flatMap(({ id }) => price.steps[id] ?? []);
    return {
      to,
      contacts: reached.reduce((sum, { contacts }) => sum + contacts, 0),
      groups: addUp(reached.flatMap(({ outcomes }) => outcomes)),
    };
  });
}

/** Chance decides about some of them, so that the numbers are not exact. */
export function isAbout({ steps }: Pick<WorkflowPrice, "steps">): boolean {
  return Object.values(steps).some(({ about }) => about);
}

/** How many would be set as marketing contacts. */
export function raised(prices: readonly DirectionPrice[]): number {
  return prices
    .flatMap(({ groups }) => groups)
    .filter(({ outcome }) => outcome === "set_marketing")
    .reduce((sum, { contacts }) => sum + contacts, 0);
}

function addUp(outcomes: Groups): Groups {
  const sums = new Map<string, Groups[number]>();
  for (const group of outcomes) {
    const key = `${group.outcome}:${group.reason}`;
    sums.set(key, { ...group, contacts: group.contacts + (sums.get(key)?.contacts ?? 0) });
  }
  return [...sums.values()];
}
