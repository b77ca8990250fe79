// The account of the model-based test: people, limits, and the time.

export interface Person {
  /** Infinity, milliseconds, or null without a status; times that have passed count as null. */
  until: number | null;
  kept: number | null;
  gone: boolean;
  merged: boolean;
  isProtected: boolean;
  pin: "always" | "never" | null;
  /** When it was protected. */
  protectedAt: number;
  /** Waits for approval: since when, to what, and despite a protection that was known. */
  held: { since: number; until: number; despite: boolean; operation: string } | null;
  /** What a lowering ended, which its undo brings back. */
  lowered: { operation: string; held: NonNullable<Person["held"]> } | null;
  last: { operation: string; kind: "raised" | "unscheduled" | "lowered" | "other"; at: number };
}

export interface Limits {
  policy: "hold" | "move_up" | "refuse";
  tier: number;
  maximum: number | null;
}

export interface World {
  readonly people: Person[];
  now: number;
  /** A local date of a renewal, in Warsaw. */
  anchor: string;
  /** The latest operation that raised or lowered: what an undo takes back. */
  lastOperation: string;
  limits: Limits;
  /** What was chosen for when the tier may fall: a tier, null to stay, undefined for the lowest that fits. */
  booking: number | null | undefined;
  /** How many counted at each update that nobody has taken yet. */
  due: number[];
  /** The latest step was refused and has changed nothing. */
  isRefused: boolean;
}

export function newWorld(world: Pick<World, "people" | "now" | "anchor" | "limits">): World {
  return { ...world, lastOperation: "1", booking: undefined, due: [], isRefused: false };
}

export function newPerson(): Person {
  const last = { operation: "", kind: "other" as const, at: 0 };
  return {
    until: null,
    kept: null,
    gone: false,
    merged: false,
    isProtected: false,
    pin: null,
    protectedAt: 0,
    held: null,
    lowered: null,
    last,
  };
}

/** What holds now: a time that has passed is none. */
export function current({ until }: Person, { now }: Pick<World, "now">): number | null {
  return until !== null && until > now ? until : null;
}
