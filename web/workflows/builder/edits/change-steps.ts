import { waysOf } from "../../../../contract/workflow-graph.ts";
import {
  type Definition,
  findStep,
  leading,
  mainKey,
  type Place,
  placesOf,
  redirected,
  type Step,
  samePlace,
  targetOf,
  withoutWays,
  withWay,
} from "./definition.ts";
import { below, pruned } from "./prune.ts";

/** Puts a step at a place; what came there goes on behind it, along its first way. */
export function insertStep(definition: Definition, place: Place, step: Step): Definition {
  const after = targetOf(definition, place);
  const put = withWay(step, mainKey(step), after);
  const steps = [...definition.steps, put];
  return pruned(leading({ ...definition, steps }, place, step.id));
}

/** The ways along which something comes after a step: of these, one can be kept when the step goes. */
export function followedWays(step: Step): string[] {
  if (step.type === "go_to") return [];
  return waysOf(step).flatMap(({ key, to }) => (to === null ? [] : key));
}

/**
 * Takes a step away. What comes along the way `keep` takes its place; what nobody can come to then goes as well.
 * Null keeps nothing.
 */
export function removeStep(definition: Definition, id: string, keep: string | null): Definition {
  const next = keep === null ? null : targetOf(definition, { step: id, key: keep });
  const to = next === id ? null : next;
  const bypassed = redirected(definition, id, { to });
  return pruned({ ...bypassed, steps: bypassed.steps.filter((step) => step.id !== id) });
}

/** How many other steps go when a step is taken away so. */
export function lostWith(definition: Definition, id: string, keep: string | null): number {
  return definition.steps.length - 1 - removeStep(definition, id, keep).steps.length;
}

/** New settings of a step; what only its dropped ways led to goes as well. */
export function changeStep(definition: Definition, step: Step): Definition {
  return pruned({
    ...definition,
    steps: definition.steps.map((each) => (each.id === step.id ? step : each)),
  });
}

export type MoveScope = "one" | "below";

/** Steps with one way can be moved alone; of others nobody could say which way stays where they were. */
export function moveScopes(step: Step): MoveScope[] {
  if (step.type === "go_to" || step.type === "end") return ["below"];
  return waysOf(step).length === 1 ? ["one", "below"] : ["below"];
}

/** Where a step can be moved to: alone to any other place, with what follows to where nothing follows yet. */
export function movePlaces(definition: Definition, id: string, scope: MoveScope): Place[] {
  const step = findStep(definition, id);
  if (!step) return [];
  const moved = scope === "one" ? new Set([id]) : below(definition, id);
  const ends = step.type === "go_to" || step.type === "end" || scope === "below";
  return placesOf(definition).filter((place) => {
    const to = targetOf(definition, place);
    if (to === id || (place.step !== null && moved.has(place.step))) return false;
    return ends ? to === null : true;
  });
}

export interface Move {
  readonly id: string;
  readonly to: Place;
  readonly scope: MoveScope;
}

/** Moves a step; alone, what came after it takes its place. A place it cannot be moved to changes nothing. */
export function moveStep(definition: Definition, { id, to, scope }: Move): Definition {
  const step = findStep(definition, id);
  if (!step || !movePlaces(definition, id, scope).some((place) => samePlace(place, to))) return definition;
  if (scope === "below") return pruned(leading(redirected(definition, id, { to: null }), to, id));
  const alone = movedAlone(definition, step, { to, jumps: false });
  return alone.steps.length === definition.steps.length
    ? alone
    : movedAlone(definition, step, { to, jumps: true });
}

/** `jumps`: those to the step lead to what takes its place, because nothing else would. */
function movedAlone(
  definition: Definition,
  step: Step,
  { to, jumps }: { readonly to: Place; readonly jumps: boolean },
): Definition {
  const next = targetOf(definition, { step: step.id, key: mainKey(step) });
  const bypassed = redirected(definition, step.id, { to: next === step.id ? null : next, jumps });
  const after = targetOf(bypassed, to);
  const moved = withWay(step, mainKey(step), after === step.id ? null : after);
  const steps = bypassed.steps.map((each) => (each.id === step.id ? moved : each));
  return pruned(leading({ ...bypassed, steps }, to, step.id));
}

/** A copy of a step's settings right behind it, or before it where it has several ways; its ways are not copied. */
export function duplicateStep(definition: Definition, id: string, copyId: string): Definition {
  const step = findStep(definition, id);
  if (!step || step.type === "go_to" || step.type === "end") return definition;
  const copy = { ...withoutWays(step), id: copyId };
  if (waysOf(step).length === 1) return insertStep(definition, { step: id, key: mainKey(step) }, copy);
  const before = redirected(definition, id, { to: copyId });
  return { ...before, steps: [...before.steps, withWay(copy, mainKey(copy), id)] };
}
