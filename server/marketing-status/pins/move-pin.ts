import type { Context } from "#server/platform/context.ts";
import { deletePins, movePinRow } from "./queries.ts";

/** A merged contact keeps the survivor's pin, else the loser's. Call it before the statuses are merged. */
export async function movePin(
  context: Context,
  contacts: { readonly from: string; readonly to: string },
): Promise<void> {
  await movePinRow(context, contacts);
}

/** Contacts that are gone for good have no pins. */
export async function forgetPins(context: Context, contactIds: readonly string[]): Promise<void> {
  await deletePins(context, contactIds);
}
