import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

export async function findUserId({ db }: Context, email: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from app_user where email = ${email}`.execute(db);
  return rows[0]?.id ?? null;
}

export async function accountExists({ db }: Context, name: string): Promise<boolean> {
  const { rows } =
    await sql`select from account where lower(name) = lower(${name}) and closed_at is null`.execute(db);
  return rows.length > 0;
}

export interface DemoContact {
  readonly id: string;
  readonly email: string;
  readonly createdAt: Date;
  readonly marketing: boolean;
  readonly waiting: boolean;
  /** Protected or pinned: bulk changes leave them out. */
  readonly held: boolean;
}

/** Everybody of the account, in the order they came. */
export async function selectContacts({ db, clock, accountId }: Context): Promise<DemoContact[]> {
  const { rows } = await sql<DemoContact>`
    select c.id, c.email, c.createdate as "createdAt", coalesce(m.until > ${clock.sql}, false) as marketing,
      coalesce(m.until > ${clock.sql} and m.until < 'infinity', false) as waiting,
      exists (select from subscription_fact f where f.account_id = c.account_id and f.contact_id = c.id and f.protects)
        or exists (select from marketing_pin p where p.account_id = c.account_id and p.contact_id = c.id) as held
    from contact c left join marketing_contact m on m.account_id = c.account_id and m.contact_id = c.id
    where c.account_id = ${accountId} and c.deleted_at is null and c.email is not null order by c.id`.execute(
    db,
  );
  return rows;
}
