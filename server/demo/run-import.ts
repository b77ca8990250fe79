import { planImport } from "#server/imports/check-import.ts";
import { showImport } from "#server/imports/show-import.ts";
import { readImport } from "#server/imports/staging/read-import.ts";
import { beginImport } from "#server/imports/start-import.ts";
import { uploadImport } from "#server/imports/upload/upload-import.ts";
import type { Context } from "#server/platform/context.ts";
import type { DemoFile } from "./files.ts";
import { finish } from "./finish.ts";

export interface ReadFile extends DemoFile {
  readonly importId: string;
  /** How many contacts the import is going to raise. */
  readonly raised: number;
}

/** Reads a file up to its dry run; nothing of the account's data is touched. */
export async function readFile(context: Context, file: DemoFile): Promise<ReadFile> {
  const { id: importId, plan } = await uploadImport(context, {
    fileName: file.name,
    bytes: bytesOf(file.text),
  });
  if (!plan) throw new Error(`There is no plan for ${file.name}`);
  await planImport(context, { importId, plan: { ...plan, ...file.choices } }, { enqueued: false });
  await readImport(context, { importId });
  const { forecast, failure } = await showImport(context, { importId });
  if (!forecast) throw new Error(`${file.name} cannot be imported: ${failure}`);
  return { ...file, importId, raised: forecast.raised };
}

export async function writeFile(context: Context, { importId, raised }: ReadFile): Promise<void> {
  await finish(context, beginImport(context, { importId, expect: raised }));
}

// oxlint-disable-next-line require-await -- an upload comes in pieces; this one has a single piece at hand
async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
