import type { ImportView, Plan } from "#contract/imports.ts";
import { planImport } from "#server/imports/check-import.ts";
import { showImport } from "#server/imports/show-import.ts";
import { readImport } from "#server/imports/staging/read-import.ts";
import { beginImport } from "#server/imports/start-import.ts";
import { uploadImport } from "#server/imports/upload/upload-import.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { Context } from "#server/platform/context.ts";

type File = string | Uint8Array;

export async function* bytesOf(file: File): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(file as string);
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** Reads a file from beginning to end without writing anything. */
export async function checkFile(
  context: Context,
  file: File,
  changes: Partial<Plan> = {},
): Promise<ImportView> {
  const { id: importId, plan } = await uploadImport(context, {
    fileName: "people.csv",
    bytes: bytesOf(file),
  });
  await planImport(context, { importId, plan: { ...(plan as Plan), ...changes } }, { enqueued: false });
  await readImport(context, { importId });
  return showImport(context, { importId });
}

/** Imports a file as it is proposed, but for these changes of the plan. */
export async function importFile(
  context: Context,
  file: File,
  changes: Partial<Plan> = {},
): Promise<ImportView> {
  const { id: importId, forecast } = await checkFile(context, file, changes);
  const { operationId } = await beginImport(context, { importId, expect: forecast?.raised });
  await workOperation(context, operationId, () => {});
  return showImport(context, { importId });
}
