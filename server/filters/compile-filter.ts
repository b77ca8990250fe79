import { type RawBuilder, sql } from "kysely";
import type { Filter } from "#contract/filters.ts";
import type { Context } from "#server/platform/context.ts";
import { type Catalogue, takesSeveral } from "#server/properties/property.ts";
import { propertySql } from "#server/properties/property-sql.ts";
import { compareValue } from "./compare-value.ts";
import type { FieldSql } from "./field-sql.ts";
import { type CheckedCondition, checkFilter, type FilterField } from "./filter.ts";
import type { FilterSource } from "./filter-source.ts";
import { filterSources } from "./filter-sources.ts";
import { type AccountDays, loadAccountDays } from "./queries.ts";

/**
 * Turns a filter into one SQL boolean about contact `c`: the only evaluator of filters there is.
 * Refuses what the account's properties and the registered sources do not allow (see `checkFilter`).
 */
export async function compileFilter(
  context: Context,
  { catalogue, filter }: { readonly catalogue: Catalogue; readonly filter: Filter },
): Promise<RawBuilder<boolean>> {
  const groups = checkFilter(fieldsOf(catalogue), filter);
  if (groups.length === 0) return sql<boolean>`true`;
  const days = await loadAccountDays(context);
  const compiled = groups.map(
    (conditions) =>
      sql`(${sql.join(
        conditions.map((condition) => compileCondition(context, condition, { catalogue, days })),
        sql` and `,
      )})`,
  );
  return sql<boolean>`(${sql.join(compiled, sql` or `)})`;
}

/** Everything an account can filter by: its properties first, then what features registered. */
function fieldsOf(catalogue: Catalogue): ReadonlyMap<string, FilterField> {
  const fields = new Map<string, FilterField>();
  for (const property of catalogue.values()) {
    fields.set(property.name, { name: property.name, type: property.type, multiple: takesSeveral(property) });
  }
  for (const source of filterSources().values()) fields.set(source.name, source);
  return fields;
}

interface Compiling {
  readonly catalogue: Catalogue;
  readonly days: AccountDays;
}

function compileCondition(
  context: Context,
  condition: CheckedCondition,
  compiling: Compiling,
): RawBuilder<boolean> {
  const { name } = condition.field;
  const source = filterSources().get(name);
  if (source?.matches) return source.matches(context, condition);
  const field = source ? sourceSql(context, source) : catalogueSql(context, compiling.catalogue, name);
  return compareValue({ ...field, neverNull: neverNull.has(name), days: compiling.days }, condition);
}

type Located = Pick<FieldSql, "kind" | "expression">;

function sourceSql(context: Context, source: FilterSource): Located {
  if (!source.expression) throw new Error(`The filter source ${source.name} has no SQL`);
  return { kind: source.multiple ? "list" : kinds[source.type], expression: source.expression(context) };
}

function catalogueSql(context: Context, catalogue: Catalogue, name: string): Located {
  const property = catalogue.get(name);
  if (!property) throw new Error(`The property ${name} was checked before`);
  return propertySql(context, property);
}

const kinds: Record<FilterSource["type"], FieldSql["kind"]> = {
  string: "text",
  number: "number",
  bool: "boolean",
  date: "date",
  datetime: "datetime",
  enumeration: "text",
};

/** Every contact has these, so that "is not" needs no look at "no value" and can use an anti-join. */
const neverNull: ReadonlySet<string> = new Set([
  "hs_object_id",
  "createdate",
  "lastmodifieddate",
  "hs_email_optout",
  "hs_marketable_status",
  "hs_marketable_until_renewal",
  "hs_object_source",
]);
