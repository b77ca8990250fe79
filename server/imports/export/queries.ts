import { type RawBuilder, sql } from "kysely";
import type { Selection } from "#contract/filters.ts";
import type { Context } from "#server/platform/context.ts";
import type { Property } from "#server/properties/property.ts";
import { propertySql } from "#server/properties/property-sql.ts";

export interface ExportRow {
  readonly selection: Selection;
  readonly columns: string[] | null;
  readonly createdAt: Date;
}

export async function insertExport(
  { db, clock, actor, accountId }: Context,
  { selection, columns }: { selection: Selection; columns: readonly string[] | undefined },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into export (account_id, selection, columns, actor_type, actor_id, created_at)
    values (${accountId}, ${JSON.stringify(selection)}::jsonb, ${columns ? JSON.stringify(columns) : null}::jsonb,
      ${actor.type}, ${actor.id}, ${clock.sql})
    returning id`.execute(db);
  return rows[0]?.id as string;
}

export async function selectExport({ db, accountId }: Context, id: string): Promise<ExportRow | undefined> {
  const { rows } = await sql<ExportRow>`select selection, columns, created_at as "createdAt" from export
    where account_id = ${accountId} and id = ${id}`.execute(db);
  return rows[0];
}

interface Page {
  readonly scope: RawBuilder<unknown>;
  readonly properties: readonly Property[];
  readonly after: string;
  readonly limit: number;
}

/** Some contacts of the scope in id order, each as its id and the texts of the properties. */
export async function selectExportPage(
  context: Context,
  page: Page,
): Promise<{ id: string; values: (string | null)[] }[]> {
  const texts = page.properties.map((property) => propertySql(context, property).text);
  const { rows } = await sql<{ id: string; values: (string | null)[] }>`
    select c.id, array[${sql.join(texts)}]::text[] as values from contact c
    where c.account_id = ${context.accountId} and c.id > ${page.after} and c.id in (${page.scope})
    order by c.id limit ${page.limit}`.execute(context.db);
  return rows;
}
