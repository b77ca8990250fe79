import { sql } from "kysely";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";
import { buildAccount, buildContext } from "./build.ts";

/** The moment at which accounts of people to be cleaned stand, and when those who wait stop counting. */
const CLEANING_NOW = new Date("2026-11-18T12:00:00Z");
export const CLEANING_UPDATE = "2026-11-30T23:00:00.000Z";

/** Somebody who may be worth letting go; what is left out is plain and marketing. */
export interface CleanablePerson {
  readonly status?: "marketing" | "waiting" | "none";
  readonly pin?: "always" | "never" | null;
  readonly facts?: readonly ("opt_out" | "bounce" | "complaint")[];
  readonly email?: string | null;
  readonly name?: string | null;
  readonly company?: string | null;
  readonly phone?: string | null;
  /** Days ago. */
  readonly came?: number;
  readonly engaged?: number | null;
}

const plain = {
  status: "marketing",
  pin: null,
  facts: [],
  email: null,
  name: null,
  company: null,
  phone: null,
  came: 0,
  engaged: null,
} as const;

const daysAgo = (days: number | null) =>
  days === null ? null : new Date(CLEANING_NOW.getTime() - days * 86_400_000);

/** An account with these people, consistent with ledger and tally; answers the ids in order. */
export async function buildCleanable(
  db: Database,
  people: readonly CleanablePerson[],
  actorId = "1",
): Promise<{ context: Context; ids: string[] }> {
  const accountId = await buildAccount(db, { tier: 1000 });
  const context = buildContext(db, { accountId, clock: fixedClock(CLEANING_NOW), actor: { id: actorId } });
  const rows = people.map((person) => {
    const { name, came, engaged, ...row } = { ...plain, ...person };
    const [firstname = null, lastname = null] = name?.split(" ") ?? [];
    return { ...row, firstname, lastname, came: daysAgo(came), engaged: daysAgo(engaged) };
  });
  const ids = await insertPeople(context, rows);
  await insertFacts(
    context,
    rows.map((row, place) => ({ ...row, id: ids[place] })),
  );
  return { context, ids };
}

async function insertPeople({ db, accountId }: Context, people: readonly object[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into contact (account_id, email, firstname, lastname, company, phone, createdate, lastmodifieddate,
      hs_email_last_click_date)
    select ${accountId}, email, firstname, lastname, company, phone, came, ${CLEANING_NOW}, engaged
    from rows from (jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as (email text, firstname text, lastname text,
      company text, phone text, came timestamptz, engaged timestamptz)) with ordinality
      as p(email, firstname, lastname, company, phone, came, engaged, place)
    order by place returning id`.execute(db);
  return rows.map(({ id }) => id).toSorted((a, b) => Number(a) - Number(b));
}

async function insertFacts({ db, accountId }: Context, people: readonly object[]): Promise<void> {
  const rows = sql`jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
    as p(id bigint, status text, pin text, facts jsonb)`;
  await sql`insert into marketing_contact (account_id, contact_id, since, until, source_type, actor_type)
    select ${accountId}, id, ${CLEANING_NOW}, case when status = 'waiting' then ${CLEANING_UPDATE}::timestamptz
      else 'infinity' end, 'USER_SET', 'user' from ${rows} where status <> 'none'`.execute(db);
  await sql`insert into marketing_pin (account_id, contact_id, pin, at, actor_type)
    select ${accountId}, id, pin, ${CLEANING_NOW}, 'user' from ${rows} where pin is not null`.execute(db);
  await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
    select ${accountId}, id, kind, ${CLEANING_NOW}, 'USER_SET', 'user', true
    from ${rows}, jsonb_array_elements_text(facts) as kind`.execute(db);
  await sql`insert into marketing_change (account_id, contact_id, kind, until_after, recorded_at, effective_at, delta,
      source_type, actor_type)
    select account_id, contact_id, 'set_marketing', until, since, since, 1, source_type, actor_type
    from marketing_contact where account_id = ${accountId}`.execute(db);
  await sql`insert into usage_tally (account_id, until, slot, contacts)
    select account_id, until, 0, count(*) from marketing_contact where account_id = ${accountId} group by 1, 2`.execute(
    db,
  );
}
