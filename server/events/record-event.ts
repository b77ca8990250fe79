import type { Context } from "#server/platform/context.ts";
import type { Happening } from "./event.ts";
import { insertEvent } from "./queries.ts";

/** Adds to the audit trail and outbox in the caller's transaction. */
export async function recordEvent(context: Context, happening: Happening): Promise<void> {
  await insertEvent(context, happening);
}
