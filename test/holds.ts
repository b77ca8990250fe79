import { sql } from "kysely";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";
import { buildAccount, buildContacts, buildContext } from "./build.ts";

// Accounts with little room, for tests of what is held.

export const NOON = "2026-11-18T12:00:00Z";

type Limits = Parameters<typeof buildAccount>[1];

export interface Made {
  readonly context: Context;
  readonly ids: string[];
}

/** Ten contacts that do not count, at noon. */
export async function made(db: Database, limits: Limits): Promise<Made> {
  const accountId = await buildAccount(db, limits);
  const ids = await buildContacts(db, accountId, 10);
  return { context: buildContext(db, { accountId, clock: fixedClock(new Date(NOON)) }), ids };
}

/** Four places, all ten asked for by operation 7: six wait. */
export async function full(db: Database): Promise<Made> {
  const all = await made(db, { tier: 4 });
  await setMarketing(all.context, { sourceType: "USER_SET", ids: all.ids, operationId: "7" });
  return all;
}

export function on(context: Context, now: string): Context {
  return { ...context, clock: fixedClock(new Date(now)) };
}

/** "held:limit" -> the places of the contacts in `ids`. */
export function places(outcomes: readonly Outcome[], ids: readonly string[]): Record<string, number[]> {
  return Object.fromEntries(
    outcomes.map(({ outcome, reason, contactIds }) => [
      reason ? `${outcome}:${reason}` : outcome,
      contactIds.map((id) => ids.indexOf(id)).toSorted((a, b) => a - b),
    ]),
  );
}

/** How many count, from the rows themselves. */
export async function usage({ db, clock, accountId }: Context): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`select count(*)::int as contacts from marketing_contact
    where account_id = ${accountId} and until > ${clock.sql}`.execute(db);
  return rows[0]?.contacts ?? 0;
}

/** The places of those who wait. */
export async function held({ context, ids }: Made): Promise<number[]> {
  const { rows } = await sql<{ id: string }>`select contact_id as id from held_raise
    where account_id = ${context.accountId} and ended_at is null order by contact_id`.execute(context.db);
  return rows.map(({ id }) => ids.indexOf(id));
}

/** What ended the waiting of each. */
export async function endings({ context, ids }: Made): Promise<Record<number, string>> {
  const { rows } = await sql<{
    id: string;
    by: string;
  }>`select contact_id as id, ended_by as by from held_raise
    where account_id = ${context.accountId} and ended_at is not null order by id`.execute(context.db);
  return Object.fromEntries(rows.map(({ id, by }) => [ids.indexOf(id), by]));
}
