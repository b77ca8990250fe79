import type { z } from "zod";
import type * as contract from "#contract/contacts-index.ts";
import { whereMatches } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import type { Catalogue } from "#server/properties/property.ts";
import { propertySql } from "#server/properties/property-sql.ts";
import { isEverybody } from "./count-contacts.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { findPage, type Page, type PageRow } from "./queries.ts";
import { type Sort, sortOrder } from "./sort-order.ts";

type Input = z.output<typeof contract.searchContacts.input>;
type Reply = z.input<typeof contract.searchContacts.reply>;

const newestFirst: Sort = { propertyName: "createdate", direction: "desc" };

/**
 * A page of the contacts that match, in the order asked for, from `after` on.
 * Properties that the account does not have (any more) are left out of the rows, so that old views keep working.
 */
export async function searchContacts(context: Context, input: Input): Promise<Reply> {
  const catalogue = await loadCatalogue(context);
  const sort = input.sort ?? newestFirst;
  const values = valuesOf(context, catalogue, input.properties);
  const rows = await findPage(context, {
    where: isEverybody(input) ? undefined : await whereMatches(context, { ...input, catalogue }),
    order: sortOrder(context, catalogue, sort),
    after: input.after === undefined ? undefined : readCursor(sort, input.after),
    limit: input.limit + 1,
    values,
  });
  const contacts = rows.slice(0, input.limit);
  const last = contacts.at(-1);
  const more = rows.length > input.limit && last;
  return {
    contacts: contacts.map((row) => present(row, values)),
    after: more ? writeCursor(sort, { value: last.sorted, id: last.id }) : null,
  };
}

function valuesOf(context: Context, catalogue: Catalogue, names: readonly string[]): Page["values"] {
  return [...new Set(names)].flatMap((name) => {
    const property = catalogue.get(name);
    return property ? [[name, propertySql(context, property).text] as const] : [];
  });
}

function present({ id, status, until, values }: PageRow, names: Page["values"]): Reply["contacts"][number] {
  const properties = Object.fromEntries(names.map(([name], index) => [name, values[index] ?? null]));
  return { id, properties, status, until: until?.toISOString() ?? null };
}
