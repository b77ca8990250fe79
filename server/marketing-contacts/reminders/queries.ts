import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

/** Days before an update on which people are reminded unless they chose otherwise. */
const DEFAULT_DAYS = 5;

/** Null: never. */
export async function selectReminderDays({ db, accountId }: Context): Promise<number | null> {
  const { rows } = await sql<{ days: number | null }>`select reminder_days as days from cleanup_setting
    where account_id = ${accountId}`.execute(db);
  return rows[0] === undefined ? DEFAULT_DAYS : rows[0].days;
}

export async function saveReminderDays({ db, accountId }: Context, days: number | null): Promise<void> {
  await sql`insert into cleanup_setting (account_id, reminder_days) values (${accountId}, ${days})
    on conflict (account_id) do update set reminder_days = excluded.reminder_days`.execute(db);
}

/** Accounts in which anybody has ever been marketing. */
export async function selectAccountsWithUsage({ db }: Context): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`select id as "accountId" from account a
    where closed_at is null and exists (select from usage_tally t where t.account_id = a.id) order by id`.execute(
    db,
  );
  return rows.map(({ accountId }) => accountId);
}

type NoticeKind = "reminder" | "receipt";

export async function wasSaid(
  { db, accountId }: Context,
  kind: NoticeKind,
  updateAt: Date,
): Promise<boolean> {
  const { rows } = await sql`select from cleanup_notice
    where account_id = ${accountId} and kind = ${kind} and update_at = ${updateAt}::timestamptz`.execute(db);
  return rows.length > 0;
}

/** True for the one who says it. */
export async function keepSaid(
  { db, clock, accountId }: Context,
  { kind, updateAt, details }: { kind: NoticeKind; updateAt: Date; details: object },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into cleanup_notice (account_id, kind, update_at, at, details)
    values (${accountId}, ${kind}, ${updateAt}::timestamptz, ${clock.sql}, ${JSON.stringify(details)}::jsonb)
    on conflict (account_id, kind, update_at) do nothing`.execute(db);
  return numAffectedRows === 1n;
}

const RECEIPTS_SHOWN = 24;

/** What the receipts were when they were written; the caller knows their shape. */
export async function selectReceipts({
  db,
  accountId,
}: Context): Promise<{ updateAt: Date; details: unknown }[]> {
  const { rows } = await sql<{ updateAt: Date; details: unknown }>`
    select update_at as "updateAt", details from cleanup_notice
    where account_id = ${accountId} and kind = 'receipt' and details <> '{}'
    order by update_at desc limit ${RECEIPTS_SHOWN}`.execute(db);
  return rows;
}

/** Whether anybody's time has passed without being settled. */
export async function isSettling({ db, clock, accountId }: Context): Promise<boolean> {
  const { rows } = await sql<{ settling: boolean }>`select exists (select from marketing_contact
    where account_id = ${accountId} and until <= ${clock.sql} and until < 'infinity') as settling`.execute(
    db,
  );
  return rows[0]?.settling ?? false;
}

/** Later than that, nobody is told of an update any more. */
const TOLD_DAYS = 31;

/** Update instants at which anybody became non-marketing and of which nothing has been said, oldest first. */
export async function selectUnsaid({ db, clock, accountId }: Context): Promise<Date[]> {
  const { rows } = await sql<{ at: Date }>`
    select distinct u.at from usage_change u
    where u.account_id = ${accountId} and u.kind = 'became_non_marketing' and u.at <= ${clock.sql}
      and u.at > ${clock.sql} - make_interval(days => ${TOLD_DAYS})
      and not exists (select from cleanup_notice n
        where n.account_id = u.account_id and n.kind = 'receipt' and n.update_at = u.at)
    order by u.at`.execute(db);
  return rows.map(({ at }) => at);
}

interface Became {
  readonly operationId: string | null;
  readonly operationKind: string | null;
  readonly planName: string | null;
  readonly cleanup: boolean;
  readonly contacts: number;
}

/** What became non-marketing at an update instant, by the operation that had scheduled it. */
export async function selectBecame({ db, accountId }: Context, updateAt: Date): Promise<Became[]> {
  const { rows } = await sql<Became>`
    select o.id as "operationId", o.kind as "operationKind", o.params #>> '{cleanup,name}' as "planName",
      coalesce(o.params ? 'cleanup', false) as cleanup, c.contacts
    from (select operation_id, count(*)::int as contacts from marketing_change
      where account_id = ${accountId} and kind = 'became_non_marketing' and effective_at = ${updateAt}::timestamptz
        and recorded_at >= ${updateAt}::timestamptz
      group by 1) c
    left join operation o on o.account_id = ${accountId} and o.id = c.operation_id
    order by c.contacts desc, o.id`.execute(db);
  return rows;
}
