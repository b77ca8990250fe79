import type { z } from "zod";
import type * as contract from "#contract/contacts.ts";
import type { Selection } from "#contract/filters.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { requireExpected } from "#server/operations/require-expected.ts";
import { type StartedOperation, startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { readWritableValue } from "../record/read-values.ts";
import { requireEditable } from "./edit-property.ts";
import { countMarketing } from "./queries.ts";

/** Sets one property of all selected contacts to one value; null clears it. */
export async function startEditProperty(
  context: Context,
  input: z.output<typeof contract.startEditProperty.input>,
): Promise<StartedOperation> {
  const property = await requireEditable(context, input.property);
  const value = readWritableValue(property, input.value);
  return start(context, { ...input, kind: "edit_property", params: { property: property.name, value } });
}

/** How many of them count is kept, because an undo makes those count again. */
export async function startDeleteContacts(
  context: Context,
  input: z.output<typeof contract.startDeleteContacts.input>,
): Promise<StartedOperation> {
  const counting = await countMarketing(context, await selectContacts(context, input.selection));
  return start(context, { ...input, kind: "delete_contacts", params: { counting } });
}

interface Bulk {
  readonly kind: string;
  readonly params: Record<string, unknown>;
  readonly selection: Selection;
  readonly expect?: number | undefined;
}

/** The scope is fixed first and then compared with what the person confirmed, so nobody slips in between. */
function start(context: Context, { kind, params, selection, expect }: Bulk): Promise<StartedOperation> {
  return inTransaction(context, async (context) => {
    const searched = "ids" in selection ? {} : { filter: selection.filter, query: selection.query };
    const started = await startOperation(context, {
      kind,
      params: { ...params, ...searched },
      scope: await selectContacts(context, selection),
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    requireExpected(expect, started.total);
    return started;
  });
}
