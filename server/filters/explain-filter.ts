import { type RawBuilder, sql } from "kysely";
import type { Filter } from "#contract/filters.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import type { Catalogue } from "#server/properties/property.ts";
import { propertySql } from "#server/properties/property-sql.ts";
import { compileConditions, joined } from "./compile-filter.ts";
import { filterSources } from "./filter-sources.ts";
import { selectExplained } from "./queries.ts";

export interface ExplainedCondition {
  readonly propertyName: string;
  readonly operator: string;
  readonly values: readonly string[];
  /** The contact's own value as the API writes it; null is "no value", or there is no single value. */
  readonly value: string | null;
  readonly met: boolean;
}

export interface ExplainedGroup {
  readonly met: boolean;
  readonly conditions: readonly ExplainedCondition[];
}

/** Each condition of a filter for one contact, by the same SQL that decides. Null: no such living contact. */
export async function explainFilter(
  context: Context,
  { contactId, filter }: { readonly contactId: string; readonly filter: Filter },
): Promise<ExplainedGroup[] | null> {
  const catalogue = await loadCatalogue(context);
  const groups = await compileConditions(context, { catalogue, filter });
  const conditions = groups.flat();
  const found = await selectExplained(context, contactId, {
    met: conditions.map(({ matches }) => matches),
    values: conditions.map(
      ({ condition }) => valueOf(context, catalogue, condition.field.name) ?? sql<null>`null`,
    ),
  });
  if (!found) return null;
  const explained = conditions.map(({ condition: { field, operator, values } }, index) => ({
    propertyName: field.name,
    operator,
    values,
    value: found.values[index] ?? null,
    met: found.met[index] ?? false,
  }));
  let next = 0;
  const shown = groups.map((group) => {
    const own = explained.slice(next, (next += group.length));
    return { met: own.every(({ met }) => met), conditions: own };
  });
  // No condition at all is everybody.
  return shown.length === 0 ? [{ met: true, conditions: [] }] : shown;
}

export interface Judgement {
  readonly where: RawBuilder<boolean>;
  readonly read: RawBuilder<unknown>;
}

/**
 * A filter as SQL about contact `c`, and what it reads as one JSON object by name: values as the API writes them, long
 * ones cut. Lists and other conditions without a single value are left out.
 */
export async function judgementOf(context: Context, filter: Filter): Promise<Judgement> {
  const catalogue = await loadCatalogue(context);
  const groups = await compileConditions(context, { catalogue, filter });
  const names = [...new Set(groups.flat().map(({ condition }) => condition.field.name))];
  const parts = names.flatMap((name) => {
    const value = valueOf(context, catalogue, name);
    return value === null ? [] : [sql`${name}::text, left(${value}, ${LONGEST_READ}::int)`];
  });
  return { where: joined(groups), read: sql`jsonb_build_object(${sql.join(parts)})` };
}

/** Characters of a value that are kept. */
const LONGEST_READ = 200;

/** Null: it has no single value. */
function valueOf(context: Context, catalogue: Catalogue, name: string): RawBuilder<string | null> | null {
  const source = filterSources().get(name);
  if (source?.expression && source.type === "datetime") {
    return sql<string>`to_char(${source.expression(context)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  }
  if (source?.expression) return sql<string>`(${source.expression(context)})::text`;
  const property = source ? undefined : catalogue.get(name);
  return property ? propertySql(context, property).text : null;
}
