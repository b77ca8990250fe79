import { movePlaces } from "../edits/change-steps.ts";
import { type Place, samePlace } from "../edits/definition.ts";
import { useBuilder } from "./builder-context.ts";

/** While a step is being moved: how to put it at this place, or `no` where it cannot go; null otherwise. */
export function useMoveTarget(place: Place): { readonly move: () => void } | "no" | null {
  const { panel, definition, move } = useBuilder();
  if (panel?.kind !== "move") return null;
  const { id, scope } = panel;
  const can = movePlaces(definition, id, scope).some((each) => samePlace(each, place));
  return can ? { move: () => move(id, place, scope) } : "no";
}
