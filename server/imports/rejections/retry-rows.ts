import { stringify } from "csv-stringify/sync";
import type { z } from "zod";
import type * as contract from "#contract/imports.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { enqueue } from "#server/platform/job.ts";
import { type ImportRow, requirePlan } from "../import.ts";
import { loadImport } from "../load-import.ts";
import { beginReading, insertImport, insertPart, saveUpload } from "../queries.ts";
import { columnOf } from "./list-rejections.ts";
import { markRetried, type RejectionRow, selectRejections } from "./queries.ts";

type Input = z.output<typeof contract.retryRows.input>;
type Fix = Input["rows"][number];

const MAX_ROWS = 10_000;

/**
 * Imports rejected rows again, alone, with what somebody has mended: a small import of its own under the same plan,
 * whose rows keep the line numbers of the first file. It is checked like any other and started when it is ready.
 */
export function retryRows(context: Context, input: Input): Promise<{ importId: string; rows: number }> {
  return inTransaction(context, async (context) => {
    const row = await loadImport(context, input.importId);
    if (row.state !== "started") throw new AppError("conflict", "imports:not_started", { importId: row.id });
    const fixes = new Map(input.rows.map((fix) => [fix.line, fix]));
    const found = await rowsToRetry(context, input);
    if (found.length === 0) throw new AppError("invalid_input", "imports:nothing_to_retry");
    const columns = requirePlan(row).shape.columns.length;
    const rows = found.map((rejection) =>
      mended(rejection, { row, fix: fixes.get(rejection.line), columns }),
    );
    const retryId = await storeRetry(context, row, rows);
    const lines = found.map(({ line }) => line);
    await markRetried(context, { importId: row.id, retryId, lines });
    await recordEvent(context, {
      type: "import.retried",
      details: { importId: row.id, retryId, rows: rows.length },
    });
    return { importId: retryId, rows: rows.length };
  });
}

async function rowsToRetry(
  context: Context,
  { importId, rows, withoutCode }: Input,
): Promise<RejectionRow[]> {
  const which = withoutCode === undefined ? { lines: rows.map(({ line }) => line) } : { code: withoutCode };
  const found = await selectRejections(context, {
    importId,
    ...which,
    open: true,
    after: 0,
    limit: MAX_ROWS,
  });
  return found.filter(({ raw }) => raw !== null);
}

interface Mending {
  readonly row: ImportRow;
  readonly fix: Fix | undefined;
  readonly columns: number;
}

/** The row with the mended value, or without the one to blame. */
function mended(rejection: RejectionRow, { row, fix, columns }: Mending): string[] {
  const values = Array.from({ length: columns }, (_, i) => rejection.raw?.[i] ?? "");
  const column = fix?.column ?? columnOf(rejection, row);
  if (column !== null && column < columns) values[column] = fix?.value ?? "";
  return [String(rejection.line), ...values];
}

async function storeRetry(context: Context, row: ImportRow, rows: string[][]): Promise<string> {
  const { plan, profile, shape } = requirePlan(row);
  const bytes = Buffer.from(stringify([["#", ...shape.columns], ...rows], { quoted: true }));
  const retryId = await insertImport(context, { fileName: row.fileName, retryOf: row.id });
  await insertPart(context, { importId: retryId, number: 0, bytes });
  const preview = rows.slice(0, 8).map(([line, ...values]) => ({ line: Number(line), values }));
  await saveUpload(context, retryId, {
    bytes: bytes.length,
    profile: { ...profile, kind: "csv", encoding: "utf-8", damaged: false, lines: true },
    shape: { ...shape, delimiter: ",", header: true, preview },
    plan: { ...plan, withoutAddress: false },
  });
  await beginReading(context, retryId, plan);
  await enqueue(context, {
    name: "imports.read",
    payload: { importId: retryId, start: true },
    key: `imports.read:${retryId}`,
  });
  return retryId;
}
