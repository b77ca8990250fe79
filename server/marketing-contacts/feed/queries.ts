import { sql } from "kysely";
import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";

export async function selectFeed({ db, accountId, actor }: Context): Promise<Date | null> {
  const { rows } = await sql<{ since: Date }>`select created_at as since from calendar_feed
    where account_id = ${accountId} and user_id = ${actor.id}`.execute(db);
  return rows[0]?.since ?? null;
}

/** One a person and account: the address before answers no more. */
export async function upsertFeed({ db, clock, accountId, actor }: Context, tokenHash: Buffer): Promise<Date> {
  const { rows } = await sql<{ since: Date }>`
    insert into calendar_feed (account_id, user_id, token_hash, created_at)
    values (${accountId}, ${actor.id}, ${tokenHash}, ${clock.sql})
    on conflict (account_id, user_id) do update
      set token_hash = excluded.token_hash, created_at = excluded.created_at
    returning created_at as since`.execute(db);
  return rows[0]?.since as Date;
}

export async function deleteFeed({ db, accountId, actor }: Context): Promise<void> {
  await sql`delete from calendar_feed where account_id = ${accountId} and user_id = ${actor.id}`.execute(db);
}

export interface FeedReader {
  readonly accountId: string;
  readonly userId: string;
  readonly account: string;
  readonly language: Language;
}

/** Whose feed it is, while that person is still an active member of an open account. */
export async function selectReader({ db }: Context, tokenHash: Buffer): Promise<FeedReader | undefined> {
  const { rows } = await sql<FeedReader>`
    select f.account_id as "accountId", f.user_id as "userId", a.name as account, u.language
    from calendar_feed f
    join account a on a.id = f.account_id and a.closed_at is null
    join app_user u on u.id = f.user_id
    join account_member m on m.account_id = f.account_id and m.user_id = f.user_id and m.active
    where f.token_hash = ${tokenHash}`.execute(db);
  return rows[0];
}
