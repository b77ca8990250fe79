import { recordEvent } from "#server/events/record-event.ts";
import type { Context } from "#server/platform/context.ts";
import { addToSizes } from "./queries.ts";

export interface MembershipChange {
  readonly listId: string;
  readonly joined: readonly string[];
  readonly gone: readonly string[];
}

/** Contacts that one event names at most. */
const PER_EVENT = 10_000;

/**
 * Writes what follows from contacts having joined and left lists, in the transaction in which they did: sizes, and
 * the events `list.joined` and `list.left` (`details`: listId, contactIds), one for each list and batch.
 */
export async function recordMembershipChanges(
  context: Context,
  changes: readonly MembershipChange[],
  operationId: string | null = null,
): Promise<void> {
  const real = changes.filter(({ joined, gone }) => joined.length + gone.length > 0);
  if (real.length === 0) return;
  await addToSizes(
    context,
    real.map(({ listId, joined, gone }) => ({ listId, joined: joined.length, gone: gone.length })),
  );
  for (const { listId, joined, gone } of real) {
    await tell(context, { type: "list.joined", listId, ids: joined, operationId });
    await tell(context, { type: "list.left", listId, ids: gone, operationId });
  }
}

interface Telling {
  readonly type: "list.joined" | "list.left";
  readonly listId: string;
  readonly ids: readonly string[];
  readonly operationId: string | null;
}

async function tell(context: Context, { type, listId, ids, operationId }: Telling): Promise<void> {
  for (let from = 0; from < ids.length; from += PER_EVENT) {
    const contactIds = ids.slice(from, from + PER_EVENT);
    await recordEvent(context, { type, operationId, details: { listId, contactIds } });
  }
}
