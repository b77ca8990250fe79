import type { Forgotten } from "#server/contacts/deletion/erasers.ts";
import type { Context } from "#server/platform/context.ts";
import { removeFile } from "../queries.ts";
import { dropStaging } from "../staging/queries.ts";
import { selectImportsAbout } from "./queries.ts";

/**
 * Removes the files that people came in and the texts of rejected rows: a file is one piece, so it goes as a whole.
 * The imports themselves, their counts and their undo stay.
 */
export async function eraseFromImports(context: Context, forgotten: Forgotten): Promise<void> {
  for (const importId of await selectImportsAbout(context, forgotten)) {
    await dropStaging(context, importId);
    await removeFile(context, importId);
  }
}
