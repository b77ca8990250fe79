import type { Context } from "#server/platform/context.ts";
import { requirePlan } from "../import.ts";
import { selectImport } from "../queries.ts";
import { openImport } from "../upload/read-parts.ts";
import { saveTexts, selectLinesWithoutText } from "./queries.ts";

const AT_ONCE = 2_000;

/** Reads from the file the rows that SQL has rejected, so that they can be shown, downloaded and fixed. */
export async function fetchTexts(context: Context, { importId }: { importId: string }): Promise<void> {
  const row = await selectImport(context, importId);
  if (!row) return;
  let wanted = await selectLinesWithoutText(context, importId, { after: 0, limit: AT_ONCE });
  if (wanted.length === 0) return;
  const opened = await openImport(context, { importId, profile: requirePlan(row).profile });
  let found: { line: number; raw: readonly string[] }[] = [];
  let lines = new Set(wanted);
  for await (const batch of opened.rows) {
    for (const { line, fields } of batch) {
      if (lines.delete(line)) found.push({ line, raw: fields });
      if (lines.size > 0) continue;
      await saveTexts(context, importId, found);
      found = [];
      wanted = await selectLinesWithoutText(context, importId, { after: line, limit: AT_ONCE });
      if (wanted.length === 0) return;
      lines = new Set(wanted);
    }
  }
  await saveTexts(context, importId, found);
}
