import type { Context } from "#server/platform/context.ts";
import { enqueue } from "#server/platform/job.ts";
import { selectAbandoned } from "./queries.ts";

/** Finds operations whose runner died and gives them a new job; a claim decides who works, so twice does no harm. */
export async function sweepOperations(context: Context): Promise<void> {
  for (const { accountId, id } of await selectAbandoned(context)) {
    await enqueue(
      { ...context, accountId },
      { name: "operations.run", payload: { operationId: id }, key: `operations.run:${id}` },
    );
  }
}
