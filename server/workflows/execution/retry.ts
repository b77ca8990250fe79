import { AppError } from "#server/platform/errors.ts";
import type { Trouble } from "./step-act.ts";

/** Contacts of one step that are worked together; after a crash ever fewer, until the one to blame is alone. */
const BATCHES = [5_000, 50, 1];
/** Contacts whose calls go out in one claim: all of them must be through before it ends. */
const OUTSIDE_BATCH = 50;
/** Claims that ended without a word before a contact is parked. */
export const MAX_CRASHES = BATCHES.length;
/** How long a claim holds without a sign of life. */
export const CLAIM_SECONDS = 60;

export function batchSize(crashes: number, outside: boolean): number {
  const size = BATCHES[Math.min(crashes, BATCHES.length - 1)] ?? 1;
  return outside ? Math.min(size, OUTSIDE_BATCH) : size;
}

const FIRST_PAUSE = 15;
const LONGEST_PAUSE = 3_600;
const LONGEST_ASKED = 86_400;

/** Seconds until the next try: doubling from 15 s to an hour, or what the other side asked for, up to a day. */
export function pauseAfter(tries: number, asked: number | null): number {
  const own = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(tries, 10));
  return asked === null ? own : Math.min(LONGEST_ASKED, Math.max(asked, FIRST_PAUSE));
}

const PASSING = new Set(["unavailable", "too_many_requests", "storage_full"]);

/** Refusals that a repeat cannot change park; everything else may pass, also what nobody expected. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof AppError) {
    const kind = PASSING.has(error.code) ? "retry" : "park";
    return { kind, reason: "refused", details: { key: error.reason, ...error.details }, seconds: null };
  }
  const details = { message: messageOf(error) };
  return { kind: "retry", reason: "unexpected", details, seconds: null, apart: isAboutValues(error) };
}

/** What the database says of values, by the class of its code; troubles of its own concern everybody alike. */
const ABOUT_VALUES = /^(22|23|54|P0|XX)/;

function isAboutValues(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  return error instanceof Error && "code" in error && ABOUT_VALUES.test(String(error.code));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : "unknown";
}
