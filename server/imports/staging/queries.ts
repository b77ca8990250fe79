import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { type StagedShape, stagingTable } from "./staged.ts";

export function staging(importId: string): RawBuilder<unknown> {
  return sql.raw(stagingTable(importId));
}

export async function stagingExists({ db }: Context, importId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass(${stagingTable(importId)}) is not null as found`.execute(db);
  return rows[0]?.found ?? false;
}

/** An unlogged table is emptied by a crash of the server: one without rows has to be filled again. */
export async function stagingHasRows({ db }: Context, importId: string): Promise<boolean> {
  const { rows } = await sql<{
    found: boolean;
  }>`select exists (select from ${staging(importId)}) as found`.execute(db);
  return rows[0]?.found ?? false;
}

export async function dropStaging({ db }: Context, importId: string): Promise<void> {
  await sql`drop table if exists ${staging(importId)}`.execute(db);
}

/** What only one row may have: an address, what it is matched by, or a unique property's value. */
export type UsedOnce = "email" | "reference" | { readonly property: string };

/** Moves the rows that use a value again to the rejected ones: the first use counts, or the last. */
export async function rejectSecondUses(
  { db, accountId }: Context,
  shape: StagedShape,
  { key, lastWins }: { key: UsedOnce; lastWins: boolean },
): Promise<void> {
  const table = staging(shape.importId);
  const value = (alias: string) =>
    typeof key === "string"
      ? sql.ref(`${alias}.${key}`)
      : sql`(${sql.ref(`${alias}.custom`)}->>${sql.lit(key.property)})`;
  const name = nameOf(shape, "f");
  await sql`
    with twice as (
      select ${value("s")} as key, ${lastWins ? sql`max(line)` : sql`min(line)`} as kept from ${table} s
      where ${value("s")} is not null group by 1 having count(*) > 1
    ), gone as (
      delete from ${table} s using twice t where ${value("s")} = t.key and s.line <> t.kept returning s.line, t.kept, t.key
    )
    insert into import_rejection (account_id, import_id, line, code, details, reading)
    select ${accountId}::bigint, ${shape.importId}::bigint, g.line, ${lastWins ? "superseded" : "second_use"},
      jsonb_build_object('first', g.kept, 'value', g.key, 'name', ${name}), true
    from gone g join ${table} f on f.line = g.kept`.execute(db);
}

function nameOf(shape: StagedShape, alias: string): RawBuilder<string> {
  const parts = ["firstname", "lastname"].filter((name) =>
    shape.columns.some((column) => column.name === name),
  );
  if (parts.length === 0) return sql<string>`''`;
  return sql<string>`concat_ws(' ', ${sql.join(parts.map((name) => sql.ref(`${alias}.p_${name}`)))})`;
}

/** The planner has to know what rows are found by; working out all the other columns would take longer than the index. */
export async function indexStaging(
  { db }: Context,
  { importId, hasEmail, hasReference }: StagedShape,
): Promise<void> {
  const keys = ["line", ...(hasEmail ? ["email"] : []), ...(hasReference ? ["reference"] : [])];
  await sql`create index on ${staging(importId)} using brin (line) with (pages_per_range = 8)`.execute(db);
  await sql`analyze ${staging(importId)} (${sql.join(keys.map((key) => sql.ref(key)))})`.execute(db);
}

/** Lets the statements of this transaction take as long as a big file needs. */
export async function setUnhurried({ db }: Context): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(db);
}
