import type { z } from "zod";
import type * as contract from "#contract/marketing-status.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { requireExpected } from "#server/operations/require-expected.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";

/** Opts everybody in the selection out of all marketing mail, as an operation. */
export function startOptOut(
  context: Context,
  { selection, expect }: z.output<typeof contract.startOptOut.input>,
): Promise<{ operationId: string }> {
  return inTransaction(context, async (context) => {
    const { operationId, total } = await startOperation(context, {
      kind: "opt_out",
      params: "ids" in selection ? {} : selection,
      scope: await selectContacts(context, selection),
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    requireExpected(expect, total);
    return { operationId };
  });
}
