import { CHUNK_SIZE } from "#server/operations/operation.ts";

/** Raises of at most so many contacts share the guard freely: forms, records, and the API's batches. */
export const SMALL = 100;
/** So many raises of up to a whole chunk share the guard at the same time. */
export const SLOTS = 4;

/** What this transaction has of its account's guard. */
export interface HeldGuard {
  readonly isAlone: boolean;
  /** How many contacts it may have raised while sharing. */
  readonly contacts: number;
}

/** Reads what a transaction notes about itself in the setting `headroom.guard`; it may be another account's guard. */
export function heldGuard(noted: string | null, accountId: string): HeldGuard {
  const [owner, held = "0"] = (noted ?? "").split(":");
  if (owner !== accountId) return { isAlone: false, contacts: 0 };
  return held === "alone" ? { isAlone: true, contacts: 0 } : { isAlone: false, contacts: Number(held) };
}

/**
 * Raises that share the guard do not see each other's uncommitted contacts: a chunk in each slot, and a small raise in
 * every other transaction the server lets connect. With more room than that they cannot pass the limit together.
 */
export function isNear(room: number, writers: number): boolean {
  return room < SLOTS * CHUNK_SIZE + writers * SMALL;
}

/** How a further raise of so many contacts may share the guard; null: only who has it alone may make it. */
export function shareFor(held: HeldGuard, contacts: number): { slot: boolean; contacts: number } | null {
  const total = held.contacts + contacts;
  const isLarge = total > SMALL;
  if (held.isAlone || total > CHUNK_SIZE) return null;
  // Slots come before the guard: who shares it without one cannot ask for one any more.
  if (isLarge && held.contacts > 0 && held.contacts <= SMALL) return null;
  return { slot: isLarge && held.contacts === 0, contacts: Math.max(1, total) };
}
