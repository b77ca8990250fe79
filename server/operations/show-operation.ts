import type { z } from "zod";
import type * as contract from "#contract/operations.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { describeUndo } from "./describe-undo.ts";
import { nameActors } from "./name-actors.ts";
import type { OperationRow } from "./operation.ts";
import {
  countOutcomes,
  type OutcomeCount,
  selectContacts,
  selectOperation,
  selectOperations,
} from "./queries.ts";

type Shown = z.input<typeof contract.operation>;

export async function showOperation(
  context: Context,
  { operationId }: { operationId: string },
): Promise<Shown> {
  const [shown] = await present(context, [await loadOperation(context, operationId)]);
  return shown as Shown;
}

export async function listOperations(
  context: Context,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<z.input<typeof contract.listOperations.reply>> {
  const rows = await selectOperations(context, { after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const operations = await present(context, page);
  return { operations, after: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

export async function listOperationContacts(
  context: Context,
  input: z.output<typeof contract.listOperationContacts.input>,
): Promise<z.input<typeof contract.listOperationContacts.reply>> {
  await loadOperation(context, input.operationId);
  const { operationId, outcome, reason, after, limit } = input;
  const rows = await selectContacts(context, { operationId, outcome, reason, after, limit: limit + 1 });
  const contacts = rows.slice(0, limit);
  return { contacts, after: rows.length > limit ? (contacts.at(-1)?.id ?? null) : null };
}

export function loadOperation(context: Context, operationId: string): Promise<OperationRow> {
  return find(context, operationId, false);
}

/** The same, and until the transaction ends nothing comes into it any more. */
export function holdOperation(context: Context, operationId: string): Promise<OperationRow> {
  return find(context, operationId, true);
}

async function find(context: Context, operationId: string, held: boolean): Promise<OperationRow> {
  const operation = await selectOperation(context, operationId, held);
  if (!operation) throw new AppError("not_found", "operations:not_found", { operationId });
  return operation;
}

async function present(context: Context, rows: readonly OperationRow[]): Promise<Shown[]> {
  const outcomes = await countOutcomes(
    context,
    rows.map(({ id }) => id),
  );
  const nameOf = await nameActors(
    context,
    rows.map(({ actorType, actorId }) => ({ type: actorType, id: actorId })),
  );
  return Promise.all(
    rows.map(async (row) => {
      const own = outcomes.filter(({ operationId }) => operationId === row.id);
      const actor = { type: row.actorType, id: row.actorId };
      return {
        ...shape(row, own),
        actor: { ...actor, name: nameOf(actor) },
        undo: await describeUndo(context, row, own),
      };
    }),
  );
}

function shape(row: OperationRow, outcomes: readonly OutcomeCount[]): Omit<Shown, "actor" | "undo"> {
  const name = row.params["fileName"] ?? (row.sourceType === "WORKFLOW" ? row.params["workflow"] : null);
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    params: row.params,
    source: { type: row.sourceType, id: row.sourceId, name: typeof name === "string" ? name : null },
    total: row.total,
    done: row.done,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    cancelRequested: row.cancelRequestedAt !== null,
    failure: row.failure,
    outcomes: outcomes.map(({ outcome, reason, contacts }) => ({ outcome, reason, contacts })),
    undoOf: row.undoOf,
    undoneBy: row.undoneBy,
  };
}
