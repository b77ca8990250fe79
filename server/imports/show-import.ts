import type { z } from "zod";
import type * as contract from "#contract/imports.ts";
import type { ImportView, Tally } from "#contract/imports.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { text } from "#server/platform/texts.ts";
import type { ImportRow } from "./import.ts";
import { loadImport } from "./load-import.ts";
import { selectImports, selectRetries } from "./queries.ts";
import { countRejected, countRejections } from "./rejections/queries.ts";

type OperationView = Awaited<ReturnType<typeof showOperation>>;
type State = ImportView["state"];

/** An import as its page shows it, at any stage. */
export async function showImport(context: Context, { importId }: { importId: string }): Promise<ImportView> {
  const row = await loadImport(context, importId);
  const { language } = context.actor;
  const operation = row.operationId ? await showOperation(context, { operationId: row.operationId }) : null;
  const rejections = await countRejections(context, importId);
  const rejected = rejections.reduce((sum, group) => sum + group.rows, 0);
  const { id, fileName, bytes, shape, plan, forecast, operationId, retryOf } = row;
  return {
    id,
    fileName,
    bytes,
    shape,
    plan,
    forecast,
    operationId,
    retryOf,
    ...operationPart(row, operation, rejected),
    failure: row.failure
      ? text(language, row.failure.reason, row.failure.details)
      : (operation?.failure ?? null),
    createdAt: row.createdAt.toISOString(),
    actor: await actorOf(context, row),
    usage: forecast && (await usageOf(context, forecast.countsAnew)),
    rejections: rejections.map((group) => ({
      ...group,
      label: text(language, `imports:group_${group.code}`),
    })),
    retries: await selectRetries(context, importId),
  };
}

type OperationPart = Pick<ImportView, "state" | "progress" | "result" | "notReached" | "undo" | "undoneBy">;

/** What the import's operation has done so far; before the start only how far the file is read. */
function operationPart(row: ImportRow, operation: OperationView | null, rejected: number): OperationPart {
  if (!operation) {
    const progress = row.bytes === 0 ? 0 : Math.min(1, row.readBytes / row.bytes);
    const state = row.state === "started" ? "running" : row.state;
    return { state, progress, result: null, notReached: 0, undo: null, undoneBy: null };
  }
  const { possible, reason, contacts } = operation.undo;
  return {
    state: stateOf(row, operation),
    progress: operation.total === 0 ? 1 : operation.done / operation.total,
    result: resultOf(row.rows ?? 0, rejected, operation),
    notReached: operation.total - operation.done,
    undo: { possible, reason, contacts },
    undoneBy: operation.undoneBy,
  };
}

export async function listImports(
  context: Context,
  { after, limit }: z.output<typeof contract.listImports.input>,
): Promise<z.input<typeof contract.listImports.reply>> {
  const rows = await selectImports(context, { after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const rejected = await countRejected(
    context,
    page.map(({ id }) => id),
  );
  const imports = [];
  for (const row of page) {
    const operation = row.operationId ? await showOperation(context, { operationId: row.operationId }) : null;
    imports.push({
      id: row.id,
      fileName: row.fileName,
      state: stateOf(row, operation),
      createdAt: row.createdAt.toISOString(),
      actor: await actorOf(context, row),
      result: operation ? resultOf(row.rows ?? 0, rejected.get(row.id) ?? 0, operation) : null,
      rows: row.rows,
      retryOf: row.retryOf,
    });
  }
  return { imports, after: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

function stateOf(row: ImportRow, operation: OperationView | null): State {
  if (row.state !== "started") return row.state;
  const state = operation?.state;
  return state === "done" || state === "cancelled" || state === "failed" ? state : "running";
}

/** The four groups add up to the rows once the operation is done; before that the rest is still to come. */
function resultOf(rows: number, rejected: number, { outcomes }: Pick<OperationView, "outcomes">): Tally {
  const sum = (outcome: string, reason?: string) =>
    outcomes
      .filter((group) => group.outcome === outcome && (reason === undefined || group.reason === reason))
      .reduce((total, group) => total + group.contacts, 0);
  const withReason = (reason: string) =>
    ["created", "updated", "unchanged"].reduce((total, outcome) => total + sum(outcome, reason), 0);
  return {
    rows,
    created: sum("created"),
    updated: sum("updated"),
    unchanged: sum("unchanged"),
    rejected,
    raised: withReason("set_marketing"),
    protected: withReason("protected"),
    held: withReason("held"),
    refused: withReason("refused"),
  };
}

async function usageOf(context: Context, anew: number): Promise<NonNullable<ImportView["usage"]>> {
  const { marketing } = await showUsage(context, {});
  const { contactLimit, maximum } = await loadBilling(context);
  return { now: marketing, after: marketing + anew, contactLimit, maximum };
}

async function actorOf(context: Context, { actorType, actorId }: ImportRow): Promise<ImportView["actor"]> {
  const who = { type: actorType as ImportView["actor"]["type"], id: actorId };
  return { ...who, name: (await nameActors(context, [who]))(who) };
}
