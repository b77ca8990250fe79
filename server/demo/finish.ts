import { runOperation } from "#server/operations/run-operation.ts";
import type { Context } from "#server/platform/context.ts";

/** Works a started operation to its end at the context's moment. Answers its id. */
export async function finish(context: Context, started: Promise<{ operationId: string }>): Promise<string> {
  const { operationId } = await started;
  await runOperation(context, { operationId });
  return operationId;
}
