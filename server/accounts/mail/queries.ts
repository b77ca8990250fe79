import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";

export interface MailSettingRow {
  readonly host: string;
  readonly port: number;
  readonly security: "tls" | "starttls" | "none";
  readonly username: string;
  readonly passwordSealed: string | null;
  readonly fromAddress: string;
  readonly fromName: string;
  readonly baseUrl: string | null;
}

export async function findMailSetting(db: Database): Promise<MailSettingRow | undefined> {
  const { rows } = await sql<MailSettingRow>`
    select host, port, security, username, password_sealed as "passwordSealed", from_address as "fromAddress",
      from_name as "fromName", base_url as "baseUrl" from mail_setting`.execute(db);
  return rows[0];
}

export async function upsertMailSetting({ db, clock }: Context, row: MailSettingRow): Promise<void> {
  await sql`insert into mail_setting
      (host, port, security, username, password_sealed, from_address, from_name, base_url, updated_at)
    values (${row.host}, ${row.port}, ${row.security}, ${row.username}, ${row.passwordSealed}, ${row.fromAddress},
      ${row.fromName}, ${row.baseUrl}, ${clock.sql})
    on conflict (only_one) do update set host = excluded.host, port = excluded.port, security = excluded.security,
      username = excluded.username, password_sealed = excluded.password_sealed,
      from_address = excluded.from_address, from_name = excluded.from_name, base_url = excluded.base_url,
      updated_at = excluded.updated_at`.execute(db);
}

export async function deleteMailSetting(db: Database): Promise<void> {
  await sql`delete from mail_setting`.execute(db);
}

/** Of the last seven days, over all accounts: the installation sends for all of them. */
export async function countMailedNotices({
  db,
  clock,
}: Context): Promise<{ waiting: number; sent: number; failed: number }> {
  const { rows } = await sql<{ waiting: number; sent: number; failed: number }>`
    select count(*) filter (where mail = 'queued')::int as waiting, count(*) filter (where mail = 'sent')::int as sent,
      count(*) filter (where mail = 'failed')::int as failed
    from notice where mail <> 'none' and created_at > ${clock.sql} - interval '7 days'`.execute(db);
  return rows[0] ?? { waiting: 0, sent: 0, failed: 0 };
}
