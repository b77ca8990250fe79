import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

/** Whether the account wants contacts that become protected to be set as non-marketing; on unless switched off. */
export async function schedulesProtected({ db, accountId }: Context): Promise<boolean> {
  const { rows } = await sql<{ on: boolean }>`select schedule_protected as on from marketing_setting
    where account_id = ${accountId}`.execute(db);
  return rows[0]?.on ?? true;
}

export async function saveScheduleProtected({ db, accountId }: Context, on: boolean): Promise<void> {
  await sql`insert into marketing_setting (account_id, schedule_protected) values (${accountId}, ${on})
    on conflict (account_id) do update set schedule_protected = excluded.schedule_protected`.execute(db);
}

/** Those whose latest ledger entry scheduled them because they became protected. */
export async function selectScheduledByProtection(
  { db, accountId }: Context,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select i.id from unnest(${ids}::bigint[]) i(id)
    join lateral (select kind, reason from marketing_change
      where account_id = ${accountId} and contact_id = i.id order by id desc limit 1) l on true
    where l.kind = 'scheduled' and l.reason = 'protected' order by 1`.execute(db);
  return rows.map(({ id }) => id);
}
