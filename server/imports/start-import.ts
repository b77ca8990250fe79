import type { ImportView } from "#contract/imports.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction, requirePermission } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { type ImportRow, requirePlan } from "./import.ts";
import { loadImport } from "./load-import.ts";
import { markStarted } from "./queries.ts";
import { showImport } from "./show-import.ts";
import { setUnhurried } from "./staging/queries.ts";
import { stagedLines } from "./writing/queries.ts";

interface Start {
  readonly importId: string;
  /** How many contacts the person agreed to raise. */
  readonly expect?: number | undefined;
}

/** Starts pass 2: one operation over the accepted lines. Raising needs the number that the dry run has shown. */
export async function startImport(context: Context, start: Start): Promise<ImportView> {
  await beginImport(context, start);
  return showImport(context, start);
}

export function beginImport(context: Context, { importId, expect }: Start): Promise<{ operationId: string }> {
  return inTransaction(context, async (context) => {
    const row = await loadImport(context, importId);
    requireConfirmed(context, row, expect);
    await setUnhurried(context);
    const { operationId } = await startOperation(context, {
      kind: "import",
      params: { importId, fileName: row.fileName },
      scope: stagedLines(importId),
      sourceType: "CONTACT_IMPORT",
      sourceId: importId,
    });
    if (!(await markStarted(context, importId, operationId)))
      throw new AppError("conflict", "imports:already_started", { importId });
    return { operationId };
  });
}

function requireConfirmed(context: Context, row: ImportRow, expect: number | undefined): void {
  const { plan } = requirePlan(row);
  if (row.state !== "ready" || !row.forecast)
    throw new AppError("conflict", "imports:not_checked", { importId: row.id });
  if (plan.status !== "nobody") requirePermission(context, "marketing-contacts.edit");
  const { raised } = row.forecast;
  if (expect === undefined && raised > 0)
    throw new AppError("invalid_input", "imports:needs_expect", { actual: raised });
  if (expect !== undefined && expect !== raised) {
    throw new AppError("count_changed", "imports:count_changed", { expected: expect, actual: raised });
  }
}
