import type { SourceType } from "#server/marketing-status/marketing-status.ts";
import { unschedule } from "#server/marketing-status/status/unschedule.ts";
import type { OperationKind } from "#server/operations/operation-kind.ts";

export const operationKinds: OperationKind[] = [
  {
    name: "cancel_scheduled",
    permission: "marketing-contacts.edit",
    writes: ["marketing_contact", "marketing_change"],
    runChunk: (context, { ids, operationId, sourceType, sourceId, params }) =>
      unschedule(context, {
        ids,
        operationId,
        sourceType: sourceType as SourceType,
        sourceId,
        instant: new Date(String(params["instant"])),
        includeProtected: params["includeProtected"] === true,
      }),
    undo: { kind: "undo_status", outcomes: ["unscheduled"] },
  },
];
