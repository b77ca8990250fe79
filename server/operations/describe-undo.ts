import type { z } from "zod";
import type * as contract from "#contract/operations.ts";
import type { Context } from "#server/platform/context.ts";
import { isFinished, type OperationRow, undoUntil } from "./operation.ts";
import { operationKind } from "./operation-kind.ts";

type Undo = z.input<typeof contract.operation>["undo"];

interface Group {
  readonly outcome: string;
  readonly contacts: number;
}

/** Whether and until when an operation can be taken back by this person, and what that would mean. */
export async function describeUndo(
  context: Context,
  operation: OperationRow,
  groups: readonly Group[],
): Promise<Undo> {
  const { undo } = operationKind(operation.kind);
  const until = undo ? undoUntil(operation) : null;
  const contacts = groups
    .filter(({ outcome }) => undo?.outcomes.includes(outcome))
    .reduce((sum, group) => sum + group.contacts, 0);
  const reason = await whyNot(context, operation, contacts);
  const raises = reason === null && undo?.raises ? await undo.raises(context, operation.params) : false;
  return { possible: reason === null, reason, until: until?.toISOString() ?? null, contacts, raises };
}

async function whyNot(context: Context, operation: OperationRow, contacts: number): Promise<string | null> {
  const kind = operationKind(operation.kind);
  if (!kind.undo) return "not_undoable";
  if (operation.undoneBy) return "undone";
  if (!isFinished(operation)) return "not_finished";
  if (contacts === 0) return "nothing_changed";
  if (undoUntil(operation) <= (await context.clock.now(context.db))) return "too_old";
  return mayUndo(context, operation) ? null : "not_allowed";
}

/** Its author, or anybody who may make such a change. */
function mayUndo({ actor }: Context, operation: OperationRow): boolean {
  const isAuthor = operation.actorType === actor.type && operation.actorId === actor.id && actor.id !== null;
  return isAuthor || actor.permissions.has(operationKind(operation.kind).permission);
}
