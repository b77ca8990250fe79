import { sql } from "kysely";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { endHeld } from "../holds/queries.ts";
import type { StatusChange } from "../marketing-status.ts";
import { applyChange } from "./apply-change.ts";

interface Removal extends StatusChange {
  readonly kind: "deleted" | "erased";
}

/** Contacts that are deleted or erased stop counting at once. Call it in the transaction that removes them. */
export function removeStatus(context: Context, { kind, ...change }: Removal): Promise<void> {
  return inTransaction(context, async (context) => {
    await applyChange(context, {
      ...change,
      guard: "alone",
      insertKind: "set_marketing",
      plan: (ids) => sql`select contact_id as id, 'removed' as outcome, '' as reason, ${kind}::text as kind,
        until as until_before, null::timestamptz as until_after, null::text as source_type, null::text as source_id
        from marketing_contact where account_id = ${context.accountId} and contact_id = any(${ids}::bigint[])`,
    });
    await endHeld(context, { ids: change.ids, by: kind, operationId: change.operationId });
  });
}
