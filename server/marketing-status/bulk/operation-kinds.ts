import type { Chunk, OperationKind } from "#server/operations/operation-kind.ts";
import type { Context } from "#server/platform/context.ts";
import { marketingContactsKinds } from "../calendar/lose-marketing-contacts.ts";
import { changingOutcomes, type SourceType } from "../marketing-status.ts";
import { optOutKinds } from "../protection/opt-out-kind.ts";
import { reviewKinds } from "../review/operation-kinds.ts";
import { rescheduleWaiting } from "../status/reschedule-waiting.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { setNonMarketing } from "../status/set-non-marketing.ts";
import { undoStatus } from "../status/undo-status.ts";
import { isRoomShort } from "./is-room-short.ts";

const permission = "marketing-contacts.edit";
const writes = ["marketing_contact", "marketing_change", "held_raise"];

function change({ ids, operationId, sourceType, sourceId }: Chunk) {
  return { ids, operationId, sourceType: sourceType as SourceType, sourceId };
}

/** Past the update instant an undone lowering makes people count again. */
async function updateHasPassed(context: Context, params: Record<string, unknown>): Promise<boolean> {
  const effectiveAt = params["effectiveAt"];
  return typeof effectiveAt === "string" && new Date(effectiveAt) <= (await context.clock.now(context.db));
}

export const operationKinds: OperationKind[] = [
  ...optOutKinds,
  ...marketingContactsKinds,
  ...reviewKinds,
  {
    name: "set_non_marketing",
    permission,
    writes,
    runChunk: (context, chunk) => setNonMarketing(context, change(chunk)),
    undo: { kind: "undo_status", outcomes: [...changingOutcomes, "unheld"], raises: updateHasPassed },
  },
  {
    name: "set_marketing",
    permission,
    writes,
    inOrder: isRoomShort,
    runChunk: (context, chunk) =>
      setMarketing(context, {
        ...change(chunk),
        includeProtected: chunk.params["includeProtected"] === true,
      }),
    undo: { kind: "undo_status", outcomes: [...changingOutcomes, "held"] },
  },
  {
    name: "undo_status",
    permission,
    writes,
    inOrder: isRoomShort,
    runChunk: (context, chunk) =>
      undoStatus(context, { ...change(chunk), entry: { operationId: String(chunk.params["undoneId"]) } }),
  },
  {
    name: "reschedule_waiting",
    permission: "billing.edit",
    runChunk: (context, chunk) => rescheduleWaiting(context, change(chunk)),
  },
];
