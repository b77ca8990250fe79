import { sql } from "kysely";
import { permissions } from "#contract/permissions.ts";
import { databaseClock } from "#server/platform/clock.ts";
import type { Actor, Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";

type ContextOverrides = Partial<Omit<Context, "actor" | "db">> & { readonly actor?: Partial<Actor> };

/** Somebody who may do everything, in account 1, unless told otherwise. */
export function buildContext(db: Database, { actor, ...overrides }: ContextOverrides = {}): Context {
  return { db, clock: databaseClock, accountId: "1", ...overrides, actor: { ...allowed, ...actor } };
}

const allowed: Actor = {
  type: "user",
  id: "1",
  permissions: new Set(permissions),
  language: "en",
  timeZone: "Europe/Stockholm",
  operator: false,
};

interface AccountOptions {
  readonly timeZone?: string;
  readonly term?: "monthly" | "yearly";
  /** A local date of a renewal. */
  readonly renewalOn?: string;
  readonly counting?: "vendor" | "clients" | "count";
  readonly tier?: number;
  readonly policy?: "hold" | "move_up" | "refuse";
  readonly maximum?: number | null;
}

/** An account that renews on the first of each month unless told otherwise; returns its id. */
export async function buildAccount(db: Database, options: AccountOptions = {}): Promise<string> {
  const { timeZone = "Europe/Stockholm", term = "monthly", renewalOn = "2026-01-01", tier = 1000 } = options;
  const name = `Account ${Math.random().toString(36).slice(2)}`;
  const { rows } = await sql<{ id: string }>`insert into account (name, time_zone, language, created_at)
    values (${name}, ${timeZone}, 'en', now()) returning id`.execute(db);
  const id = rows[0]?.id as string;
  await sql`insert into billing_account
      (account_id, plan, counting, term, renewal_on, tier, policy, maximum, currency, created_at, updated_at)
    values (${id}, 'professional', ${options.counting ?? "vendor"}, ${term}, ${renewalOn}, ${tier},
      ${options.policy ?? "hold"}, ${options.maximum ?? null}, 'EUR', now(), now())`.execute(db);
  return id;
}

/** So many non-marketing contacts without anything but an id; returns the ids, ascending. */
export async function buildContacts(db: Database, accountId: string, count: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`insert into contact (account_id, createdate, lastmodifieddate)
    select ${accountId}, now(), now() from generate_series(1, ${count}::int) returning id`.execute(db);
  return rows.map(({ id }) => id).toSorted((a, b) => Number(a) - Number(b));
}
