import { sql } from "kysely";
import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";
import { type AlertState, thresholds } from "./limit-alert.ts";

/** One account, and with `usage` as if so many contacts counted. */
interface Only {
  readonly accountId: string;
  readonly usage?: number | undefined;
}

/**
 * Accounts where usage has come to stand on the other side of a threshold, or five points below one that was told.
 * One statement for all accounts: it sums some tens of tally rows for each.
 */
export async function selectAccountsToTell({ db, clock }: Context, only?: Only): Promise<string[]> {
  const one = only === undefined ? sql`` : sql`and b.account_id = ${only.accountId}`;
  const counted = sql`(select sum(u.contacts) from usage_tally u
    where u.account_id = b.account_id and u.until > ${clock.sql})`;
  const usage = only?.usage === undefined ? counted : sql`${only.usage}::bigint`;
  const { rows } = await sql<{ accountId: string }>`
    with usage as materialized (
      select b.account_id, b.tier::bigint as tier, coalesce(${usage}, 0) * 100 as share
      from billing_account b where b.counting <> 'count' and b.marketing_enabled ${one}
    )
    select u.account_id as "accountId" from usage u
    cross join unnest(${[...thresholds]}::smallint[]) t(threshold)
    left join limit_alert s on s.account_id = u.account_id and s.threshold = t.threshold
    where case when u.share >= t.threshold * u.tier then s.above is not true
      else s.above or (not s.armed and u.share < (t.threshold - 5) * u.tier) end
    group by 1 order by 1`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

export async function selectAlerts({ db, accountId }: Context): Promise<AlertState[]> {
  const { rows } = await sql<AlertState>`select threshold, above, armed, period_start as "periodStart",
      crossed_at as "crossedAt", changed_at as "changedAt" from limit_alert where account_id = ${accountId} order by threshold`.execute(
    db,
  );
  return rows;
}

export async function upsertAlerts({ db, accountId }: Context, states: readonly AlertState[]): Promise<void> {
  const rows = states.map(({ threshold, above, armed, periodStart, crossedAt, changedAt }) => ({
    threshold,
    above,
    armed,
    period_start: periodStart,
    crossed_at: crossedAt,
    changed_at: changedAt,
  }));
  await sql`insert into limit_alert (account_id, threshold, above, armed, period_start, crossed_at, changed_at)
    select ${accountId}, threshold, above, armed, period_start, crossed_at, changed_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      r(threshold smallint, above boolean, armed boolean, period_start timestamptz, crossed_at timestamptz,
        changed_at timestamptz)
    on conflict (account_id, threshold) do update set above = excluded.above, armed = excluded.armed,
      period_start = excluded.period_start, crossed_at = excluded.crossed_at,
      changed_at = excluded.changed_at`.execute(db);
}

/** The tier that held until a moment. */
export async function selectTierBefore(
  { db, accountId }: Context,
  moment: Date,
): Promise<number | undefined> {
  const { rows } = await sql<{ tier: number }>`select tier_before as tier from tier_change
    where account_id = ${accountId} and at >= ${moment} order by at, id limit 1`.execute(db);
  return rows[0]?.tier;
}

/** Marketing contacts at the transaction's moment. */
export async function selectUsageNow({ db, clock, accountId }: Context): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`select coalesce(sum(contacts), 0)::int as contacts
    from usage_tally where account_id = ${accountId} and until > ${clock.sql}`.execute(db);
  return rows[0]?.contacts ?? 0;
}

export interface BillingContact {
  readonly id: string;
  readonly email: string;
  readonly addedAt: Date;
  readonly addedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly confirmedBy: string | null;
}

export async function selectContacts({ db, accountId }: Context): Promise<BillingContact[]> {
  const { rows } = await sql<BillingContact>`select id, email, added_at as "addedAt", added_by as "addedBy",
      confirmed_at as "confirmedAt", confirmed_by as "confirmedBy"
    from billing_contact where account_id = ${accountId} order by email collate "und-x-icu"`.execute(db);
  return rows;
}

/** False when the address is there already. */
export async function insertContact(
  { db, clock, accountId, actor }: Context,
  email: string,
): Promise<boolean> {
  const addedBy = actor.type === "user" ? actor.id : null;
  const { numAffectedRows } = await sql`insert into billing_contact (account_id, email, added_at, added_by)
    values (${accountId}, ${email}, ${clock.sql}, ${addedBy}) on conflict do nothing`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

/** False when there is no such address. Confirming twice keeps the first time. */
export async function confirmContactRow(
  { db, clock, accountId, actor }: Context,
  id: string,
): Promise<boolean> {
  const confirmedBy = actor.type === "user" ? actor.id : null;
  const { numAffectedRows } =
    await sql`update billing_contact set confirmed_at = coalesce(confirmed_at, ${clock.sql}),
      confirmed_by = coalesce(confirmed_by, ${confirmedBy})
    where account_id = ${accountId} and id = ${id}`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

export async function deleteContact({ db, accountId }: Context, id: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from billing_contact where account_id = ${accountId} and id = ${id}`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

/** A confirmed address with what a mail to it needs; nothing once it was removed. */
export async function selectAddressee(
  { db, accountId }: Context,
  id: string,
): Promise<{ email: string; language: Language; timeZone: string; accountName: string } | undefined> {
  const { rows } = await sql<{ email: string; language: Language; timeZone: string; accountName: string }>`
    select c.email, a.language, a.time_zone as "timeZone", a.name as "accountName"
    from billing_contact c join account a on a.id = c.account_id
    where c.account_id = ${accountId} and c.id = ${id} and c.confirmed_at is not null`.execute(db);
  return rows[0];
}
