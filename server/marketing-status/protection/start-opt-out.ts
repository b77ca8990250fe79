import type { z } from "zod";
import type * as contract from "#contract/marketing-status.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";

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
    if (expect !== undefined && expect !== total) {
      throw new AppError("count_changed", "operations:count_changed", { expected: expect, actual: total });
    }
    return { operationId };
  });
}
