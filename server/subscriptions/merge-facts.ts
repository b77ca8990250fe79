import type { Context } from "#server/platform/context.ts";
import { mergeFactRows } from "./queries.ts";

interface Merge {
  readonly survivorId: string;
  readonly loserId: string;
}

/** What was said about either side of a merge is true of the survivor. Call it in the transaction of the merge. */
export async function mergeFacts(context: Context, { survivorId, loserId }: Merge): Promise<void> {
  await mergeFactRows(context, survivorId, loserId);
}
