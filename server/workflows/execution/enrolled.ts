/** A claimed enrollment: a contact that stands before a step, for as long as the claim holds. */
export interface Enrolled {
  readonly id: string;
  readonly contactId: string;
  readonly version: number;
  readonly step: string;
  /** Where it begins, if not at the start. */
  readonly beginsAt: string | null;
  readonly claim: number;
  readonly crashes: number;
  readonly tries: number;
  /** `happened` where a delay ends because of what it waited for, `held` where people have decided; else why it waited. */
  readonly reason: string | null;
  /** Tells its rounds apart when it comes to the same step again. */
  readonly arrived: number;
}

/** Where some enrollments go from here, recorded together. */
export interface Move {
  readonly ids: readonly string[];
  readonly step: string;
  readonly state: "active" | "waiting" | "finished" | "left" | "parked" | "retrying";
  /** When it goes on; null at an end or when parked. */
  readonly dueAt: Date | null;
  readonly outside?: boolean;
  readonly reason?: string;
  /** A failed try: the claim counts as one. */
  readonly failed?: boolean;
  /** Why it failed may lie with one of them: fewer are tried together next time, in the end each alone. */
  readonly apart?: boolean;
  /** Nothing was tried: it stands before the same step as it stood. */
  readonly stays?: boolean;
}

/** Values as the API writes them, by property; null is "no value". */
export type Values = Readonly<Record<string, string | null>>;

/** One line of history for some enrollments. */
export interface Entry {
  readonly ids: readonly string[];
  readonly step: string;
  readonly kind: "done" | "info" | "parked" | "finished" | "left";
  readonly outcome: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** By enrollment: the contact's values by which it was decided. */
  readonly read?: ReadonlyMap<string, Values>;
  readonly operationId?: string | null;
  /** Of `info`: the first try that failed at this step. */
  readonly first?: boolean;
}

export const idsOf = (batch: readonly Enrolled[]): string[] => batch.map(({ id }) => id);

/** The batch by something its members share. */
export function alike<Member, Key>(
  batch: Iterable<Member>,
  keyOf: (member: Member) => Key,
): ReadonlyMap<Key, readonly Member[]> {
  const groups = new Map<Key, Member[]>();
  for (const member of batch) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
  return groups;
}
