import type { Context } from "#server/platform/context.ts";
import { insertEvent } from "./queries.ts";

export interface Happening {
  /** `noun.verb`, such as `contact.deleted`. Bulk work records one event per chunk, never one per contact. */
  readonly type: string;
  readonly details?: Record<string, unknown>;
  readonly operationId?: string | null;
  /** Defaults to the context's account; set-up acts name the one they have just made. */
  readonly accountId?: string;
}

/** Adds to the audit trail and outbox in the caller's transaction. Details hold ids and codes, no personal data. */
export async function recordEvent(context: Context, happening: Happening): Promise<void> {
  await insertEvent(context, happening);
}
