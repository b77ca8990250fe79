import type { Property } from "#server/properties/property.ts";

type TextValues = Readonly<Record<string, string | null>>;

export interface Difference {
  readonly property: Property;
  readonly winner: string | null;
  readonly loser: string | null;
  /** What the merged contact will have. */
  readonly result: string | null;
}

/** The survivor's values win; where it has none, the loser's fill in. Only properties that people write. */
export function differences(
  properties: readonly Property[],
  winner: TextValues,
  loser: TextValues,
): Difference[] {
  return properties
    .filter((property) => !property.readOnly)
    .map((property) => {
      const [own = null, other = null] = [winner[property.name], loser[property.name]];
      return { property, winner: own, loser: other, result: own ?? other };
    })
    .filter((difference) => difference.winner !== difference.loser);
}
