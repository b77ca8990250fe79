import type { OperationKind, Outcome } from "#server/operations/operation-kind.ts";
import { liftFacts } from "#server/subscriptions/lift-facts.ts";
import { optOutMany } from "#server/subscriptions/opt-out-many.ts";
import type { SourceType } from "../marketing-status.ts";
import { followLifting, followProtection } from "./follow-protection.ts";

export const optOutKinds: OperationKind[] = [
  {
    name: "opt_out",
    permission: "contacts.edit",
    writes: ["subscription_fact", "marketing_contact", "marketing_change"],
    undo: { kind: "undo_opt_out", outcomes: ["opted_out"] },
    runChunk: async (context, { ids, operationId, sourceId, ...chunk }) => {
      const source = { sourceType: chunk.sourceType as SourceType, sourceId, operationId };
      const { outcomes, becameProtected } = await optOutMany(context, { ids, ...source });
      await followProtection(context, { ids: becameProtected, ...source });
      return outcomes;
    },
  },
  {
    name: "undo_opt_out",
    permission: "contacts.edit",
    runChunk: async (context, { ids, operationId, sourceId, params, ...chunk }): Promise<Outcome[]> => {
      const source = { sourceType: chunk.sourceType as SourceType, sourceId, operationId };
      const lift = { ids, kinds: ["opt_out"] as const, recordedBy: String(params["undoneId"]), operationId };
      const { lifted, ceasedProtected } = await liftFacts(context, lift);
      await followLifting(context, { ids: ceasedProtected, ...source });
      const back = new Set(lifted);
      return [
        { outcome: "lifted", contactIds: lifted },
        { outcome: "changed_since", contactIds: ids.filter((id) => !back.has(id)) },
      ].filter(({ contactIds }) => contactIds.length > 0);
    },
  },
];
