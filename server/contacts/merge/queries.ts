import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

interface Sides {
  readonly winnerId: string;
  readonly loserId: string;
}

export interface SideRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly createdAt: Date;
  readonly until: Date | null;
  readonly infinite: boolean;
  readonly protected: boolean;
  readonly notes: number;
}

/** What a merge dialog shows of each living side, in no order. */
export async function selectSides(
  { db, accountId }: Context,
  { winnerId, loserId }: Sides,
): Promise<SideRow[]> {
  const { rows } = await sql<SideRow>`
    select c.id, concat_ws(' ', c.firstname, c.lastname) as name, c.email, c.createdate as "createdAt",
      nullif(m.until, 'infinity') as until, coalesce(m.until = 'infinity', false) as infinite,
      exists (select from subscription_fact f
        where f.account_id = c.account_id and f.contact_id = c.id and f.protects) as protected,
      (select count(*)::int from note n where n.account_id = c.account_id and n.contact_id = c.id) as notes
    from contact c
    left join marketing_contact m on m.account_id = c.account_id and m.contact_id = c.id
    where c.account_id = ${accountId} and c.id in (${winnerId}, ${loserId}) and c.deleted_at is null`.execute(
    db,
  );
  return rows;
}

/** Locks both in id order; returns those that live. */
export async function lockSides({ db, accountId }: Context, { winnerId, loserId }: Sides): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from contact
    where account_id = ${accountId} and id in (${winnerId}, ${loserId}) and deleted_at is null
    order by id for update`.execute(db);
  return rows.map((row) => row.id);
}

/** All addresses become the winner's; its primary one stays, or becomes the loser's where it had none. */
export async function moveEmails({ db, accountId }: Context, { winnerId, loserId }: Sides): Promise<void> {
  await sql`
    update contact_email set contact_id = ${winnerId}, is_primary = is_primary and not exists (
      select from contact_email own
      where own.account_id = ${accountId} and own.contact_id = ${winnerId} and own.is_primary)
    where account_id = ${accountId} and contact_id = ${loserId}`.execute(db);
}

export async function moveNotes({ db, accountId }: Context, { winnerId, loserId }: Sides): Promise<void> {
  await sql`update note set contact_id = ${winnerId}
    where account_id = ${accountId} and contact_id = ${loserId}`.execute(db);
}

/** What no form edits: the earliest creation, the latest activity, and which ids came together. */
export async function combineColumns(
  { db, clock, accountId }: Context,
  { winnerId, loserId }: Sides,
): Promise<void> {
  await sql`
    update contact winner set
      createdate = least(winner.createdate, loser.createdate),
      lastmodifieddate = ${clock.sql},
      hs_email_last_send_date = greatest(winner.hs_email_last_send_date, loser.hs_email_last_send_date),
      hs_email_last_open_date = greatest(winner.hs_email_last_open_date, loser.hs_email_last_open_date),
      hs_email_last_click_date = greatest(winner.hs_email_last_click_date, loser.hs_email_last_click_date),
      recent_conversion_date = greatest(winner.recent_conversion_date, loser.recent_conversion_date),
      hs_merged_object_ids = concat_ws(';', winner.hs_merged_object_ids, loser.hs_merged_object_ids, loser.id::text),
      email = (select email from contact_email e
        where e.account_id = ${accountId} and e.contact_id = ${winnerId} and e.is_primary)
    from contact loser
    where winner.account_id = ${accountId} and winner.id = ${winnerId}
      and loser.account_id = ${accountId} and loser.id = ${loserId}`.execute(db);
}

/** The loser's id, and every id that led to it, now lead to the winner. */
export async function redirect(
  { db, clock, accountId }: Context,
  { winnerId, loserId }: Sides,
): Promise<void> {
  await sql`update merged_contact set contact_id = ${winnerId}
    where account_id = ${accountId} and contact_id = ${loserId}`.execute(db);
  await sql`insert into merged_contact (account_id, merged_id, contact_id, merged_at)
    values (${accountId}, ${loserId}, ${winnerId}, ${clock.sql})`.execute(db);
  await sql`delete from contact where account_id = ${accountId} and id = ${loserId}`.execute(db);
}
