import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

/** False when the account has no guard row yet. */
export async function lockGuardRow({ db, accountId }: Context, mode: "share" | "alone"): Promise<boolean> {
  const lock = mode === "share" ? sql`for share` : sql`for update`;
  const { rows } = await sql`select from marketing_guard where account_id = ${accountId} ${lock}`.execute(db);
  return rows.length > 0;
}

export async function insertGuardRow({ db, accountId }: Context): Promise<void> {
  await sql`insert into marketing_guard (account_id) values (${accountId}) on conflict do nothing`.execute(
    db,
  );
}
