import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

export interface NewNotice {
  readonly key: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly link: string;
}

/** One notice for each of the people, in one statement. Returns the new ids. */
export async function insertNotices(
  { db, clock, accountId }: Context,
  userIds: readonly string[],
  { key, details, link }: NewNotice,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into notice (account_id, user_id, key, details, link, created_at)
    select ${accountId}, user_id, ${key}, ${JSON.stringify(details)}::jsonb, ${link}, ${clock.sql}
    from unnest(${[...userIds]}::bigint[]) user_id
    returning id`.execute(db);
  return rows.map(({ id }) => id);
}
