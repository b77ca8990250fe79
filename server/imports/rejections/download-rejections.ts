import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import type { Context } from "#server/platform/context.ts";
import { text } from "#server/platform/texts.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { csvOptions, guarded } from "../export/csv-format.ts";
import { loadImport } from "../load-import.ts";
import { reasonText } from "./list-rejections.ts";
import { selectRejections } from "./queries.ts";

const AT_ONCE = 1_000;

/** The rejected rows as they stand in the file, with line and reason first, as a stream. */
export async function downloadRejections(
  context: Context,
  { importId }: { importId: string },
): Promise<{ fileName: string; csv: Readable }> {
  const row = await loadImport(context, importId);
  const { language } = context.actor;
  const catalogue = await loadCatalogue(context);
  const head = [
    text(language, "imports:csv_line"),
    text(language, "imports:csv_reason"),
    ...(row.shape?.columns ?? []),
  ];
  async function* rows(): AsyncGenerator<string[]> {
    yield head.map(guarded);
    for (let after = 0; ; ) {
      const page = await selectRejections(context, { importId, after, limit: AT_ONCE });
      for (const rejection of page) {
        const cells = [
          String(rejection.line),
          reasonText(rejection, { row, catalogue, language }),
          ...(rejection.raw ?? []),
        ];
        yield cells.map(guarded);
      }
      const last = page.at(-1);
      if (!last || page.length < AT_ONCE) return;
      after = last.line;
    }
  }
  const fileName = `${row.fileName.replace(/\.[^.]*$/, "")}-${text(language, "imports:csv_name")}.csv`;
  return { fileName, csv: Readable.from(rows()).pipe(stringify(csvOptions)) };
}
