import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import type { ImportRow } from "./import.ts";
import { selectImport } from "./queries.ts";

/** The import, or "not found", which a foreign one answers too. */
export async function loadImport(context: Context, importId: string): Promise<ImportRow> {
  const row = await selectImport(context, importId);
  if (!row) throw new AppError("not_found", "imports:not_found", { importId });
  return row;
}
