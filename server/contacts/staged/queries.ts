import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { builtInProperties, builtInProperty } from "#server/properties/built-in-properties.ts";
import { cell, column, type StagedRows, stagedDiffers } from "./staged-rows.ts";

/** Which line is which contact. */
export interface Pairing {
  readonly lines: readonly string[];
  readonly ids: readonly string[];
}

/** New ids in ascending order, so that a chunk's contacts can be named before they are written. */
export async function reserveIds({ db }: Context, count: number): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`select array_agg(id order by id) as ids from (
    select nextval((select pg_get_serial_sequence('contact', 'id'))::regclass) as id from generate_series(1, ${count}::int)) reserved`.execute(
    db,
  );
  return rows[0]?.ids ?? [];
}

function paired(staged: StagedRows, { lines, ids }: Pairing): RawBuilder<unknown> {
  return sql`unnest(${lines}::bigint[], ${ids}::bigint[]) n(line, id)
    join ${staged.table} s on s.line = n.line and s.line between ${staged.first} and ${staged.last}`;
}

/** Claims the addresses of new contacts; answers the contacts that got theirs. */
export async function insertStagedEmails(
  { db, clock, accountId }: Context,
  staged: StagedRows,
  pairing: Pairing,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into contact_email (account_id, email_key, contact_id, email, is_primary, created_at)
    select ${accountId}::bigint, s.email, n.id, s.email, true, ${clock.sql} from ${paired(staged, pairing)}
    where s.email is not null order by s.email
    on conflict do nothing returning contact_id as id`.execute(db);
  return rows.map(({ id }) => id);
}

export async function insertStaged(
  { db, clock, accountId }: Context,
  staged: StagedRows,
  { lines, ids, sourceId }: Pairing & { readonly sourceId: string },
): Promise<void> {
  const names = staged.columns.map((name) => sql`, ${column(name)}`);
  const cells = staged.columns.map((name) => sql`, ${cell(name)}`);
  await sql`
    insert into contact (account_id, id, email, hs_object_source, hs_object_source_id, createdate, lastmodifieddate, custom
      ${sql.join(names, sql``)})
    overriding system value
    select ${accountId}::bigint, n.id, ${staged.hasEmail ? sql`s.email` : sql`null`}, 'IMPORT', ${sourceId}, ${clock.sql}, ${clock.sql},
      ${staged.hasCustom ? sql`coalesce(s.custom, '{}')` : sql`'{}'::jsonb`} ${sql.join(cells, sql``)}
    from ${paired(staged, { lines, ids })} order by n.id`.execute(db);
}

/** What the history says of new contacts: columns contact_id, old_values, new_values. */
export function createdValues(staged: StagedRows, pairing: Pairing): RawBuilder<unknown> {
  return sql`select n.id as contact_id, '{}'::jsonb as old_values, s.written as new_values
    from ${paired(staged, pairing)}`;
}

interface Difference extends Pairing {
  readonly withEmail: boolean;
}

/** A column's value as the history writes it. */
const asText = (name: string) =>
  builtInProperty(name)?.type === "number"
    ? sql`trim_scale(c.${column(name)})::text`
    : sql`c.${column(name)}::text`;

/** What would change in known contacts, only the values that differ: columns contact_id, old_values, new_values. */
export function changedValues(
  { accountId }: Context,
  staged: StagedRows,
  change: Difference,
): RawBuilder<unknown> {
  const pairs = staged.columns.map((name) => sql`${sql.lit(name)}, ${asText(name)}`);
  if (change.withEmail) pairs.push(sql`'email', c.email`);
  const custom = sql`(select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each_text(c.custom))`;
  const before = sql`jsonb_build_object(${sql.join(pairs)}) ${staged.hasCustom ? sql`|| ${custom}` : sql``}`;
  const after = change.withEmail ? sql`s.written` : sql`s.written - 'email'`;
  return sql`select d.id as contact_id, v.old_values, v.new_values
    from (select n.id, ${after} as after, ${before} as before
      from ${paired(staged, change)}
      join contact c on c.account_id = ${accountId} and c.id = n.id
      where ${stagedDiffers(staged, change.withEmail)}) d
    cross join lateral (select jsonb_object_agg(a.key, a.value) as new_values,
        jsonb_object_agg(a.key, coalesce(d.before->a.key, 'null')) as old_values
      from jsonb_each(d.after) a where a.value is distinct from d.before->a.key) v
    where v.new_values is not null`;
}

/** Writes the filled cells over known contacts. */
export async function updateFromStaged(
  { db, clock, accountId }: Context,
  staged: StagedRows,
  change: Difference,
): Promise<void> {
  const sets = staged.columns.map(
    (name) => sql`, ${column(name)} = coalesce(${cell(name)}, c.${column(name)})`,
  );
  if (change.withEmail && staged.hasEmail) sets.push(sql`, email = coalesce(s.email, c.email)`);
  if (staged.hasCustom) sets.push(sql`, custom = c.custom || coalesce(s.custom, '{}')`);
  await sql`update contact c set lastmodifieddate = ${clock.sql} ${sql.join(sets, sql``)}
    from ${paired(staged, change)} where c.account_id = ${accountId} and c.id = n.id`.execute(db);
}

/** Makes the rows' addresses the primary ones of contacts found another way; answers those whose address was taken. */
export async function replacePrimaries(
  { db, clock, accountId }: Context,
  staged: StagedRows,
  pairing: Pairing,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with wanted as (select n.id, s.email from ${paired(staged, pairing)} where s.email is not null),
    claimed as (
      insert into contact_email (account_id, email_key, contact_id, email, is_primary, created_at)
      select ${accountId}::bigint, email, id, email, true, ${clock.sql} from wanted order by email
      on conflict do nothing returning contact_id
    ),
    moved as (
      update contact_email e set is_primary = (e.email_key = w.email) from wanted w
      where e.account_id = ${accountId} and e.contact_id = w.id and e.is_primary <> (e.email_key = w.email)
    )
    select w.id from wanted w where w.id not in (select contact_id from claimed) and not exists (
      select from contact_email e where e.account_id = ${accountId} and e.email_key = w.email and e.contact_id = w.id)`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Keeps living contacts as they are until the transaction ends, in id order so that writers queue. */
export async function lockContacts({ db, accountId }: Context, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from contact
    where account_id = ${accountId} and id = any(${ids}::bigint[]) and deleted_at is null order by id for update`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Columns an import can have written. */
const revertible = builtInProperties.flatMap(({ column, readOnly }) => (column && !readOnly ? [column] : []));

interface Reversion {
  readonly ids: readonly string[];
  readonly operationId: string;
}

/**
 * Old values of contacts whose latest write is still this operation's: columns contact_id, old_values, new_values,
 * where `new_values` are what they go back to.
 */
export function revertibleValues(
  { accountId }: Context,
  { ids, operationId }: Reversion,
): RawBuilder<unknown> {
  return sql`select contact_id, new_values as old_values, old_values as new_values from (
      select distinct on (contact_id) contact_id, operation_id, old_values, new_values from property_change
      where account_id = ${accountId} and contact_id = any(${ids}::bigint[]) order by contact_id, id desc) latest
    where operation_id = ${operationId}`;
}

export async function selectReversions(
  context: Context,
  reversion: Reversion,
): Promise<{ contactId: string; values: Record<string, string | null> }[]> {
  const { rows } = await sql<{ contactId: string; values: Record<string, string | null> }>`
    select contact_id as "contactId", new_values as values from (${revertibleValues(context, reversion)}) r`.execute(
    context.db,
  );
  return rows;
}

/** Writes old values back, whatever set of them each contact has; an old address becomes the primary one again. */
export async function writeReversions(
  { db, clock, accountId }: Context,
  changes: readonly { contactId: string; built: object; custom: object }[],
): Promise<void> {
  const rows = sql`jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as r("contactId" bigint, built jsonb, custom jsonb)`;
  await sql`
    with written as (
      update contact c set lastmodifieddate = ${clock.sql}, custom = jsonb_strip_nulls(c.custom || r.custom),
        ${sql.join(revertible.map((name) => sql`${sql.id(name)} = (jsonb_populate_record(c, r.built)).${sql.id(name)}`))}
      from ${rows} where c.account_id = ${accountId} and c.id = r."contactId"
      returning c.id, c.email, r.built ? 'email' as moved
    )
    update contact_email e set is_primary = (e.email_key = w.email) from written w
    where e.account_id = ${accountId} and e.contact_id = w.id and w.moved`.execute(db);
}
