import { type RawBuilder, sql } from "kysely";
import type { Filter } from "#contract/filters.ts";
import type { Context } from "#server/platform/context.ts";
import { type Catalogue, takesSeveral } from "#server/properties/property.ts";
import { propertySql } from "#server/properties/property-sql.ts";
import { compareValue } from "./compare-value.ts";
import type { FieldSql } from "./field-sql.ts";
import { type CheckedCondition, checkFilter, type FilterField, isRelative } from "./filter.ts";
import type { FilterSource, MatchesCondition } from "./filter-source.ts";
import { filterSources } from "./filter-sources.ts";
import { type AccountDays, loadAccountDays } from "./queries.ts";

export interface FilterToCompile {
  readonly catalogue: Catalogue;
  readonly filter: Filter;
  /** Take what sources keep as it stands (memberships of lists), instead of looking through. */
  readonly asKept?: boolean;
}

/**
 * Turns a filter into one SQL boolean about contact `c`: the only evaluator of filters there is.
 * Refuses what the account's properties and the registered sources do not allow (see `checkFilter`).
 */
export async function compileFilter(context: Context, given: FilterToCompile): Promise<RawBuilder<boolean>> {
  return joined(await compileConditions(context, given));
}

/** Every condition of any group; no group at all is everybody. */
export function joined(compiled: readonly (readonly CompiledCondition[])[]): RawBuilder<boolean> {
  if (compiled.length === 0) return sql<boolean>`true`;
  const groups = compiled.map(
    (conditions) =>
      sql`(${sql.join(
        conditions.map(({ matches }) => matches),
        sql` and `,
      )})`,
  );
  return sql<boolean>`(${sql.join(groups, sql` or `)})`;
}

export interface CompiledCondition {
  readonly condition: CheckedCondition;
  readonly matches: RawBuilder<boolean>;
}

/** Each condition for itself, in the groups of the filter. */
export async function compileConditions(
  context: Context,
  { catalogue, filter, asKept = false }: FilterToCompile,
): Promise<CompiledCondition[][]> {
  const groups = checkFilter(fieldsOf(catalogue), filter);
  if (groups.length === 0) return [];
  const days = await loadAccountDays(context);
  const prepared = await prepareSources(context, groups.flat(), { catalogue, asKept });
  const compiling = { catalogue, days, prepared };
  return groups.map((conditions) =>
    conditions.map((condition) => ({ condition, matches: compileCondition(context, condition, compiling) })),
  );
}

/**
 * Whom the passing of days concerns: contacts for whom a condition on relative dates says something else on the day
 * `to` than it said on the day `from`. Null where the filter has no such condition.
 */
export function compileMoves(
  context: Context,
  { catalogue, filter, from, to }: Omit<FilterToCompile, "asKept"> & Record<"from" | "to", AccountDays>,
): RawBuilder<boolean> | null {
  const conditions = checkFilter(fieldsOf(catalogue), filter).flat();
  const on = (days: AccountDays, condition: CheckedCondition) =>
    compileCondition(context, condition, { catalogue, days, prepared: new Map() });
  const moves = conditions
    .filter(({ operator }) => isRelative(operator))
    .map((condition) => sql`${on(from, condition)} is distinct from ${on(to, condition)}`);
  return moves.length === 0 ? null : sql<boolean>`(${sql.join(moves, sql` or `)})`;
}

/** Lets each source that needs it look up what all its conditions are about. */
async function prepareSources(
  context: Context,
  conditions: readonly CheckedCondition[],
  preparing: { readonly catalogue: Catalogue; readonly asKept: boolean },
): Promise<ReadonlyMap<string, MatchesCondition>> {
  const prepared = new Map<string, MatchesCondition>();
  for (const source of filterSources().values()) {
    const its = conditions.filter(({ field }) => field.name === source.name);
    if (source.prepare && its.length > 0)
      prepared.set(source.name, await source.prepare(context, its, preparing));
  }
  return prepared;
}

/** Everything an account can filter by: its properties first, then what features registered. */
export function fieldsOf(catalogue: Catalogue): ReadonlyMap<string, FilterField> {
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
  readonly prepared: ReadonlyMap<string, MatchesCondition>;
}

function compileCondition(
  context: Context,
  condition: CheckedCondition,
  compiling: Compiling,
): RawBuilder<boolean> {
  const { name } = condition.field;
  const source = filterSources().get(name);
  const prepared = compiling.prepared.get(name);
  if (prepared) return prepared(condition);
  if (source?.matches) return source.matches(context, condition);
  const field = source ? sourceSql(context, source) : catalogueSql(context, compiling.catalogue, name);
  return compareValue({ ...field, neverNull: neverNull.has(name), days: compiling.days }, condition);
}

type Located = Pick<FieldSql, "kind" | "expression" | "hint">;

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
  list: "list",
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
