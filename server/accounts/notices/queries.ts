import { sql } from "kysely";
import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";

/** A moment as the wire has it, from SQL: ISO in UTC. */
const iso = (column: string) => sql`to_json(${sql.ref(column)} at time zone 'utc') #>> '{}' || 'Z'`;

type NoticeDetails = Readonly<Record<string, string | number>>;

export interface NewNotice {
  readonly key: string;
  readonly details: NoticeDetails;
  readonly link: string;
}

interface Reader {
  readonly userId: string;
  readonly mail: boolean;
}

/** One notice for each reader, in one statement. Returns the ids of those that are to be mailed. */
export async function insertNotices(
  { db, clock, accountId }: Context,
  readers: readonly Reader[],
  { key, details, link }: NewNotice,
): Promise<string[]> {
  const { rows } = await sql<{ id: string; mail: string }>`
    insert into notice (account_id, user_id, key, details, link, created_at, mail)
    select ${accountId}, user_id, ${key}, ${JSON.stringify(details)}::jsonb, ${link}, ${clock.sql},
      case when mail then 'queued' else 'none' end
    from unnest(${readers.map(({ userId }) => userId)}::bigint[], ${readers.map(({ mail }) => mail)}::boolean[])
      reader (user_id, mail)
    returning id, mail`.execute(db);
  return rows.filter(({ mail }) => mail === "queued").map(({ id }) => id);
}

interface NoticeRow extends NewNotice {
  readonly id: string;
  readonly at: string;
  readonly read: boolean;
}

interface Page {
  readonly userId: string;
  readonly before: string | null;
  readonly unreadOnly: boolean;
  readonly limit: number;
}

/** Newest first. */
export async function listNoticeRows({ db, accountId }: Context, page: Page): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select id, key, details, link, ${iso("created_at")} as at, read_at is not null as read
    from notice
    where account_id = ${accountId} and user_id = ${page.userId}
      and (${page.before}::bigint is null or id < ${page.before}::bigint)
      and (not ${page.unreadOnly}::boolean or read_at is null)
    order by id desc limit ${page.limit}`.execute(db);
  return rows;
}

export async function countUnread({ db, accountId }: Context, userId: string): Promise<number> {
  const { rows } = await sql<{ unread: number }>`select count(*)::int as unread from notice
    where account_id = ${accountId} and user_id = ${userId} and read_at is null`.execute(db);
  return rows[0]?.unread ?? 0;
}

/** Null marks all there are. */
export async function markRead(
  { db, clock, accountId }: Context,
  userId: string,
  ids: readonly string[] | null,
): Promise<void> {
  await sql`update notice set read_at = ${clock.sql}
    where account_id = ${accountId} and user_id = ${userId} and read_at is null
      and (${ids}::bigint[] is null or id = any(${ids}::bigint[]))`.execute(db);
}

/** The kinds a person has said something about. */
export async function listChoiceRows(
  { db, accountId }: Context,
  userId: string,
): Promise<{ kind: string; mail: boolean }[]> {
  const { rows } = await sql<{ kind: string; mail: boolean }>`select kind, mail from notice_choice
    where account_id = ${accountId} and user_id = ${userId}`.execute(db);
  return rows;
}

/** Who of the account does not want this kind by mail. */
export async function listDecliners({ db, accountId }: Context, kind: string): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`select user_id as "userId" from notice_choice
    where account_id = ${accountId} and kind = ${kind} and not mail`.execute(db);
  return rows.map(({ userId }) => userId);
}

export async function upsertChoice(
  { db, accountId }: Context,
  choice: { userId: string; kind: string; mail: boolean },
): Promise<void> {
  await sql`insert into notice_choice (account_id, user_id, kind, mail)
    values (${accountId}, ${choice.userId}, ${choice.kind}, ${choice.mail})
    on conflict (account_id, user_id, kind) do update set mail = excluded.mail`.execute(db);
}

interface NoticeToMail extends NewNotice {
  readonly createdAt: Date;
  readonly email: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly accountName: string;
}

/** A notice whose mail is still to be sent, with its reader; nothing when the reader cannot open the account any more. */
export async function findNoticeToMail(
  { db, accountId }: Context,
  noticeId: string,
): Promise<NoticeToMail | undefined> {
  const { rows } = await sql<NoticeToMail>`
    select notice.key, notice.details, notice.link, notice.created_at as "createdAt", app_user.email,
      app_user.language, app_user.time_zone as "timeZone", account.name as "accountName"
    from notice
    join account on account.id = notice.account_id and account.closed_at is null
    join account_member member on member.account_id = notice.account_id and member.user_id = notice.user_id
      and member.active
    join app_user on app_user.id = notice.user_id
    where notice.account_id = ${accountId} and notice.id = ${noticeId} and notice.mail = 'queued'`.execute(
    db,
  );
  return rows[0];
}

export async function setNoticeMail(
  { db, accountId }: Context,
  noticeId: string,
  mail: "sent" | "failed" | "none",
): Promise<void> {
  await sql`update notice set mail = ${mail}
    where account_id = ${accountId} and id = ${noticeId} and mail = 'queued'`.execute(db);
}
