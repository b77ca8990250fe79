import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadImport } from "./load-import.ts";
import { deleteImportRows } from "./queries.ts";
import { dropStaging } from "./staging/queries.ts";

/** Throws a file away that was not imported. One that was stays, for its rows and its undo. */
export function deleteImport(
  context: Context,
  { importId }: { importId: string },
): Promise<Record<string, never>> {
  return inTransaction(context, async (context) => {
    const { state } = await loadImport(context, importId);
    if (state === "started") throw new AppError("conflict", "imports:already_started", { importId });
    await dropStaging(context, importId);
    await deleteImportRows(context, importId);
    return {};
  });
}
