import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import type { Selection } from "#contract/filters.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import type { Catalogue, Property } from "#server/properties/property.ts";
import { csvOptions, guarded } from "./csv-format.ts";
import { insertExport, selectExport, selectExportPage } from "./queries.ts";

const AT_ONCE = 5_000;

/** Read-only properties that an export has without being asked: they tell who is who and who is marketing. */
const ALSO = new Set([
  "hs_object_id",
  "hs_marketable_status",
  "hs_marketable_until_renewal",
  "hs_email_optout",
  "hs_email_hard_bounce_reason_enum",
  "createdate",
]);

interface Input {
  readonly selection: Selection;
  readonly columns?: readonly string[] | undefined;
}

/** Notes who exports what. The file itself is made while it is fetched. */
export function createExport(context: Context, { selection, columns }: Input): Promise<{ exportId: string }> {
  return inTransaction(context, async (context) => {
    chosen(await loadCatalogue(context), columns);
    await selectContacts(context, selection);
    const exportId = await insertExport(context, { selection, columns });
    await recordEvent(context, { type: "contact.exported", details: { exportId } });
    return { exportId };
  });
}

/** The export as a stream of CSV: page by page in id order, whatever its size. */
export async function openExport(
  context: Context,
  { exportId }: { exportId: string },
): Promise<{ fileName: string; csv: Readable }> {
  const row = await selectExport(context, exportId);
  if (!row) throw new AppError("not_found", "imports:export_not_found", { exportId });
  const csv = await exportContacts(context, { selection: row.selection, columns: row.columns ?? undefined });
  return { fileName: `contacts-${row.createdAt.toISOString().slice(0, 10)}.csv`, csv };
}

/** Contacts of a selection as CSV that spreadsheets open safely and an import reads back unchanged. */
async function exportContacts(context: Context, { selection, columns }: Input): Promise<Readable> {
  const properties = chosen(await loadCatalogue(context), columns);
  const scope = await selectContacts(context, selection);
  async function* rows(): AsyncGenerator<string[]> {
    yield headers(properties);
    for (let after = "0"; ; ) {
      const page = await selectExportPage(context, { scope, properties, after, limit: AT_ONCE });
      for (const { values } of page) yield values.map((value) => guarded(value ?? ""));
      const last = page.at(-1);
      if (!last || page.length < AT_ONCE) return;
      after = last.id;
    }
  }
  return Readable.from(rows()).pipe(stringify(csvOptions));
}

function chosen(catalogue: Catalogue, columns: readonly string[] | undefined): Property[] {
  if (!columns) return [...catalogue.values()].filter(({ name, readOnly }) => !readOnly || ALSO.has(name));
  return columns.map((name) => {
    const property = catalogue.get(name);
    if (!property) throw new AppError("invalid_input", "imports:plan_unknown", { property: name });
    return property;
  });
}

/** Labels, with the name added where two properties are labelled alike. */
function headers(properties: readonly Property[]): string[] {
  const count = new Map<string, number>();
  for (const { label } of properties)
    count.set(label.toLowerCase(), (count.get(label.toLowerCase()) ?? 0) + 1);
  return properties.map(({ name, label }) =>
    guarded((count.get(label.toLowerCase()) ?? 0) > 1 ? `${label} (${name})` : label),
  );
}
