import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { staging } from "../staging/queries.ts";
import { type Resolving, resolved, secondRows, wantedStatus } from "./resolve.ts";

export interface ResolvedRow {
  readonly line: string;
  readonly known: string | null;
  readonly code: string | null;
  readonly hasEmail: boolean;
  readonly wants: "marketing" | "waiting" | "non_marketing" | null;
  /** The contact's status as it is: what `wants` says already needs no change. */
  readonly has: "marketing" | "waiting" | null;
  readonly optedOut: boolean;
  readonly optedOutAt: Date | null;
  readonly bounce: string | null;
  readonly bouncedAt: Date | null;
}

/** The rows of a chunk with what they are about; `only` leaves out lines that are already written. */
export async function selectResolved(
  context: Context,
  resolving: Resolving,
  only?: readonly string[],
): Promise<ResolvedRow[]> {
  const { accountId, clock, db } = context;
  const { shape } = resolving;
  const facts = shape.hasFacts
    ? sql`coalesce(s.opted_out, false) as "optedOut", s.opted_out_at as "optedOutAt", s.bounce, s.bounced_at as "bouncedAt"`
    : sql`false as "optedOut", null::timestamptz as "optedOutAt", null::text as bounce, null::timestamptz as "bouncedAt"`;
  const status = wantedStatus(resolving);
  const { rows } = await sql<ResolvedRow>`
    with s as (${resolved(context, resolving)})
    select s.line, s.known, s.code, ${shape.hasEmail ? sql`s.email is not null` : sql`false`} as "hasEmail",
      ${status} as wants, case when m.until = 'infinity' then 'marketing' when m.until > ${clock.sql} then 'waiting' end as has,
      ${facts}
    from s left join lateral (select until from marketing_contact
      where account_id = ${accountId} and contact_id = s.known limit 1) m on true
    ${only ? sql`where s.line = any(${only}::bigint[])` : sql``}
    order by s.line`.execute(db);
  return rows;
}

/** Rows rejected while writing; their text is fetched from the file afterwards. */
export async function insertLateRejections(
  { db, accountId }: Context,
  importId: string,
  rejections: readonly { line: string; code: string; details?: object }[],
): Promise<void> {
  if (rejections.length === 0) return;
  await sql`insert into import_rejection (account_id, import_id, line, code, details, reading)
    select ${accountId}::bigint, ${importId}::bigint, r.line, r.code, coalesce(r.details, '{}'), false
    from jsonb_to_recordset(${JSON.stringify(rejections)}::jsonb) as r(line bigint, code text, details jsonb)
    on conflict do nothing`.execute(db);
}

/**
 * Moves the rows about a contact that an earlier row is about to the rejected ones, so that chunks need not know of each
 * other. Different rows can only mean the same contact where it has several addresses, or ids that were merged.
 */
export async function rejectSecondRows(context: Context, resolving: Resolving): Promise<void> {
  const { db, accountId } = context;
  const { shape, plan } = resolving;
  const causes =
    plan.match === "id"
      ? sql`select from merged_contact where account_id = ${accountId}`
      : sql`select from contact_email where account_id = ${accountId} and not is_primary`;
  const { rows } = await sql<{ possible: boolean }>`select exists (${causes}) as possible`.execute(db);
  if (!rows[0]?.possible || (plan.match !== "id" && plan.match !== "email")) return;
  await sql`
    with gone as (
      delete from ${staging(shape.importId)} where line in (${secondRows(context, resolving)}) returning line
    )
    insert into import_rejection (account_id, import_id, line, code, reading)
    select ${accountId}::bigint, ${shape.importId}::bigint, line, 'same_contact', true from gone`.execute(db);
}

/** The lines to write, as an operation's scope. */
export function stagedLines(importId: string): RawBuilder<unknown> {
  return sql`select line as id from ${staging(importId)}`;
}

/** Of these contacts those the operation created, and of those the ones whose values nobody has changed since. */
export async function selectCreated(
  { db, accountId }: Context,
  { ids, operationId }: { ids: readonly string[]; operationId: string },
): Promise<{ created: string[]; untouched: string[] }> {
  const { rows } = await sql<{ id: string; latest: string | null }>`
    with created as (
      select unnest(contact_ids) as id from operation_outcome
      where account_id = ${accountId} and operation_id = ${operationId} and outcome = 'created'
    )
    select c.id, (select h.operation_id from property_change h
      where h.account_id = ${accountId} and h.contact_id = c.id order by h.id desc limit 1) as latest
    from created c where c.id = any(${ids}::bigint[]) order by c.id`.execute(db);
  return {
    created: rows.map(({ id }) => id),
    untouched: rows.filter(({ latest }) => latest === operationId).map(({ id }) => id),
  };
}
