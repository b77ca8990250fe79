import { type RawBuilder, sql } from "kysely";
import type { Filter, Selection } from "#contract/filters.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import type { Catalogue } from "#server/properties/property.ts";
import { compileFilter } from "./compile-filter.ts";

/**
 * The ids of the living contacts a selection means, as a query without an order:
 * `select c.id from contact c where …`. Numbers that are shown and what is then done come from this same query.
 * Refuses with `invalid_input` for a filter that cannot be read.
 */
export async function selectContacts(
  context: Context,
  selection: Selection,
): Promise<RawBuilder<{ id: string }>> {
  const where =
    "ids" in selection ? sql`c.id = any(${selection.ids}::bigint[])` : await whereMatches(context, selection);
  return sql<{ id: string }>`select c.id from contact c
    where c.account_id = ${context.accountId} and c.deleted_at is null and ${where}`;
}

interface Search {
  readonly filter: Filter;
  readonly query: string;
  /** Saves loading it where the caller has it. */
  readonly catalogue?: Catalogue;
  /** Take what sources keep as it stands (memberships of lists), instead of looking through. */
  readonly asKept?: boolean;
}

/** The boolean SQL about contact `c` of a filter and the words of the search box, without account and deletion. */
export async function whereMatches(context: Context, search: Search): Promise<RawBuilder<boolean>> {
  const catalogue = search.catalogue ?? (await loadCatalogue(context));
  const filter = await compileFilter(context, {
    catalogue,
    filter: search.filter,
    asKept: search.asKept ?? false,
  });
  if (!/[\p{L}\p{N}]/u.test(search.query)) {
    return search.query.trim() === "" ? filter : sql<boolean>`false`;
  }
  return sql<boolean>`${filter} and c.search @@ search_query(${context.accountId}, ${search.query})`;
}
