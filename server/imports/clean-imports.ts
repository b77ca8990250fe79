import { type Context, inTransaction } from "#server/platform/context.ts";
import { deleteImportRows, removeFile, selectAbandonedImports, selectOldFiles } from "./queries.ts";
import { dropStaging } from "./staging/queries.ts";

/**
 * Every night: uploads nobody went on with for a week go, and files and rejected rows of finished imports after 90
 * days, with the undo. The import itself and its counts stay.
 */
export async function cleanImports(context: Context): Promise<void> {
  for (const { accountId, id } of await selectAbandonedImports(context)) {
    await inTransaction({ ...context, accountId }, async (context) => {
      await dropStaging(context, id);
      await deleteImportRows(context, id);
    });
  }
  for (const { accountId, id } of await selectOldFiles(context)) {
    await inTransaction({ ...context, accountId }, async (context) => {
      await dropStaging(context, id);
      await removeFile(context, id);
    });
  }
}
