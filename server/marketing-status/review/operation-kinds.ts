import type { Chunk, OperationKind } from "#server/operations/operation-kind.ts";
import { approveHeld } from "./approve-held.ts";
import { declineHeld } from "./decline-held.ts";
import type { LastPlace } from "./queries.ts";
import { undoApproval, undoDecline } from "./undo-review.ts";

const permission = "billing.edit";

const undoing = ({ ids, operationId, params }: Chunk) => ({
  ids,
  operationId,
  undoneId: String(params["undoneId"]),
});

export const reviewKinds: OperationKind[] = [
  {
    name: "approve_held",
    permission,
    writes: ["marketing_contact", "marketing_change", "held_raise"],
    // The oldest take the approved places.
    inOrder: () => Promise.resolve(true),
    runChunk: (context, { ids, operationId, params }) =>
      approveHeld(context, {
        ids,
        operationId,
        tier: typeof params["tier"] === "number" ? params["tier"] : null,
        last: (params["last"] as LastPlace | null | undefined) ?? null,
      }),
    undo: { kind: "undo_approve_held", outcomes: ["approved"] },
  },
  {
    name: "decline_held",
    permission,
    writes: ["held_raise"],
    runChunk: (context, { ids, operationId }) => declineHeld(context, { ids, operationId }),
    undo: { kind: "undo_decline_held", outcomes: ["declined"] },
  },
  {
    name: "undo_approve_held",
    permission,
    runChunk: (context, chunk) => undoApproval(context, undoing(chunk)),
  },
  {
    name: "undo_decline_held",
    permission,
    runChunk: (context, chunk) => undoDecline(context, undoing(chunk)),
  },
];
