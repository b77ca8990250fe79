import type { Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { outcomeKey } from "./outcome-key.ts";
import { showOperation } from "./show-operation.ts";
import { workOperation } from "./work-operation.ts";

interface Group {
  readonly outcome: string;
  readonly reason: string;
  readonly contacts: number;
}

/** A line for each group of an operation, or of what one would do. */
export function printGroups(output: Output, groups: readonly Group[], indent = ""): void {
  for (const group of groups) {
    const words = text(output.language, outcomeKey(group));
    output.line(`${indent}${words}: ${readableNumber(output.language, group.contacts)}`);
  }
}

/** Works an operation that a command started, says what became of everybody, and returns the command's exit code. */
export async function workAndPrint(
  context: Context,
  output: Output,
  { operationId, ...more }: { readonly operationId: string } & Record<string, unknown>,
): Promise<number> {
  await workOperation(context, operationId, (done, total) => output.progress(done, total));
  const { state, total, outcomes } = await showOperation(context, { operationId });
  if (total === 0) output.line(text(output.language, "operations:said_nobody"));
  printGroups(output, outcomes);
  output.line(text(output.language, "operations:said_operation", { operationId }));
  output.json({ operation: operationId, state, total, outcomes, ...more });
  return state === "done" ? 0 : 1;
}
