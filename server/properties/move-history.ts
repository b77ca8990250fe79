import type { Context } from "#server/platform/context.ts";
import { deleteHistory, moveHistory as move } from "./queries.ts";

/** After a merge the survivor has both histories. */
export async function moveHistory(
  context: Context,
  contacts: { readonly from: string; readonly to: string },
): Promise<void> {
  await move(context, contacts);
}

/** Erasing a person, or purging long deleted ones, leaves no values behind. */
export async function forgetHistory(context: Context, contactIds: readonly string[]): Promise<void> {
  await deleteHistory(context, contactIds);
}
