import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { SLOTS } from "./margin.ts";

// Advisory locks wait in the order they came. Sharers of a row would slip past whoever waits to have it alone.

const guard = (accountId: string) => sql`hashtextextended('headroom.guard', ${accountId})`;
/** Says until the end of the transaction what it has of whose guard. */
const keep = (accountId: string, held: string) =>
  sql`set_config('headroom.guard', ${`${accountId}:${held}`}, true)`;

export async function lockAlone({ db, accountId }: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(${guard(accountId)}), ${keep(accountId, "alone")}`.execute(db);
}

export async function lockShared({ db, accountId }: Context, contacts: number): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${guard(accountId)}), ${keep(accountId, String(contacts))}`.execute(
    db,
  );
}

/** Lanes of one operation never have the same slot. */
export async function lockSlot({ db, accountId }: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(
    hashtextextended('headroom.raise.' || tally_slot() % ${SLOTS}::int, ${accountId}))`.execute(db);
}
