import type { Definition, Happening } from "./definition.ts";

/** Adds something that brings contacts in. */
export function addTrigger(definition: Definition, trigger: Happening): Definition {
  return { ...definition, triggers: [...definition.triggers, trigger] };
}

export function changeTrigger(definition: Definition, place: number, trigger: Happening): Definition {
  return { ...definition, triggers: definition.triggers.map((each, at) => (at === place ? trigger : each)) };
}

/** Takes a trigger away; re-enrollment names triggers by their place, so it follows. */
export function removeTrigger(definition: Definition, place: number): Definition {
  const { triggers, reenroll } = definition;
  const on = reenroll.on.flatMap((at) => (at === place ? [] : at > place ? at - 1 : at));
  return {
    ...definition,
    triggers: triggers.filter((_, at) => at !== place),
    reenroll: { ...reenroll, on },
  };
}
