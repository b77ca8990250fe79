/** What ends the room for marketing contacts, and where. */
export interface RoomEnd {
  readonly at: number;
  /** The account's maximum, which lies below the contact limit. */
  readonly isMaximum: boolean;
}

interface Ends {
  readonly contactLimit: number | null;
  readonly maximum: number | null;
}

/** The contact limit, or a maximum below it: whichever stops the next raise. Null where there is no limit. */
export function roomEnd({ contactLimit, maximum }: Ends): RoomEnd | null {
  if (contactLimit === null) return null;
  const isMaximum = maximum !== null && maximum < contactLimit;
  return { at: isMaximum ? maximum : contactLimit, isMaximum };
}
