import type { Context } from "#server/platform/context.ts";
import type { ImportProfile } from "../import.ts";
import { selectPart } from "../queries.ts";
import type { OpenFile } from "../reading/open-csv.ts";
import { openFile } from "../reading/open-file.ts";
import type { Row } from "../reading/row.ts";

interface Progress {
  readonly onBytes?: (bytes: number) => void;
}

/** The stored file, part by part; the next one is fetched while this one is read. */
async function* readParts(
  context: Context,
  importId: string,
  { onBytes }: Progress = {},
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let next = selectPart(context, importId, 0);
  for (let number = 1; ; number++) {
    const part = await next;
    if (!part) return;
    next = selectPart(context, importId, number);
    // A failure is met when the part is needed; until then it must not count as unhandled.
    next.catch(() => {});
    yield part;
    bytes += part.length;
    onBytes?.(bytes);
  }
}

/** Opens the stored file; a retry's rows keep the lines they had in the first file. */
export async function openImport(
  context: Context,
  file: { importId: string; profile: ImportProfile },
  progress: Progress = {},
): Promise<OpenFile> {
  const opened = await openFile(readParts(context, file.importId, progress), file.profile);
  if (!file.profile.lines) return opened;
  return { ...opened, columns: opened.columns.slice(1), rows: withLines(opened.rows) };
}

async function* withLines(batches: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  for await (const rows of batches) {
    yield rows.map(({ fields, ...row }) => ({ ...row, line: Number(fields[0]), fields: fields.slice(1) }));
  }
}
