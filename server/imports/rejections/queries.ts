import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { Rejection } from "../staging/staged.ts";

export interface RejectionRow {
  readonly line: number;
  readonly code: string;
  readonly details: Record<string, unknown>;
  readonly raw: string[] | null;
  readonly retriedIn: string | null;
}

export async function insertRejections(
  { db, accountId }: Context,
  importId: string,
  rejections: readonly Rejection[],
): Promise<void> {
  if (rejections.length === 0) return;
  await sql`insert into import_rejection (account_id, import_id, line, code, details, raw, reading)
    select ${accountId}::bigint, ${importId}::bigint, r.line, r.code, r.details,
      array(select value from jsonb_array_elements_text(r.raw) with ordinality order by ordinality), true
    from jsonb_to_recordset(${JSON.stringify(rejections)}::jsonb) as r(line bigint, code text, details jsonb, raw jsonb)
    on conflict do nothing`.execute(db);
}

export async function clearRejections({ db, accountId }: Context, importId: string): Promise<void> {
  await sql`delete from import_rejection where account_id = ${accountId} and import_id = ${importId} and reading`.execute(
    db,
  );
}

export async function countRejections(
  { db, accountId }: Context,
  importId: string,
): Promise<{ code: string; rows: number; open: number }[]> {
  const { rows } = await sql<{
    code: string;
    rows: number;
    open: number;
  }>`select code, count(*)::int as rows, count(*) filter (where retry_id is null)::int as open from import_rejection
    where account_id = ${accountId} and import_id = ${importId} group by code order by count(*) desc, code`.execute(
    db,
  );
  return rows;
}

/** Rejected rows per import, for a list of them. */
export async function countRejected(
  { db, accountId }: Context,
  importIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{
    id: string;
    rows: number;
  }>`select import_id as id, count(*)::int as rows from import_rejection
    where account_id = ${accountId} and import_id = any(${importIds}::bigint[]) group by import_id`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.id, row.rows]));
}

interface Page {
  readonly importId: string;
  readonly code?: string | undefined;
  readonly lines?: readonly number[] | undefined;
  /** Only rows that no retry has taken up. */
  readonly open?: boolean;
  readonly after: number;
  readonly limit: number;
}

export async function selectRejections({ db, accountId }: Context, page: Page): Promise<RejectionRow[]> {
  const code = page.code === undefined ? sql`` : sql`and code = ${page.code}`;
  const lines = page.lines === undefined ? sql`` : sql`and line = any(${page.lines}::bigint[])`;
  const open = page.open ? sql`and retry_id is null` : sql``;
  const { rows } = await sql<RejectionRow>`
    select line::float8 as line, code, details, raw, retry_id as "retriedIn" from import_rejection
    where account_id = ${accountId} and import_id = ${page.importId} and line > ${page.after} ${code} ${lines} ${open}
    order by line limit ${page.limit}`.execute(db);
  return rows;
}

/** Lines rejected by SQL whose text has not been fetched from the file. */
export async function selectLinesWithoutText(
  { db, accountId }: Context,
  importId: string,
  { after, limit }: { after: number; limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ line: number }>`select line::float8 as line from import_rejection
    where account_id = ${accountId} and import_id = ${importId} and raw is null and line > ${after}
    order by line limit ${limit}`.execute(db);
  return rows.map(({ line }) => line);
}

export async function saveTexts(
  { db, accountId }: Context,
  importId: string,
  rows: readonly { line: number; raw: readonly string[] }[],
): Promise<void> {
  await sql`update import_rejection r set
      raw = array(select value from jsonb_array_elements_text(f.raw) with ordinality order by ordinality)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f(line bigint, raw jsonb)
    where r.account_id = ${accountId} and r.import_id = ${importId} and r.line = f.line`.execute(db);
}

export async function markRetried(
  { db, accountId }: Context,
  { importId, retryId, lines }: { importId: string; retryId: string; lines: readonly number[] },
): Promise<void> {
  await sql`update import_rejection set retry_id = ${retryId}
    where account_id = ${accountId} and import_id = ${importId} and line = any(${lines}::bigint[])`.execute(
    db,
  );
}
