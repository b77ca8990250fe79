import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

/** The survivor's own pin wins. */
export async function movePinRow(
  { db, accountId }: Context,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql`
    with moved as (
      delete from marketing_pin where account_id = ${accountId} and contact_id = ${from} returning *
    )
    insert into marketing_pin (account_id, contact_id, pin, at, actor_type, actor_id)
    select account_id, ${to}::bigint, pin, at, actor_type, actor_id from moved
    on conflict do nothing`.execute(db);
}

export async function deletePins({ db, accountId }: Context, contactIds: readonly string[]): Promise<void> {
  await sql`delete from marketing_pin
    where account_id = ${accountId} and contact_id = any(${contactIds}::bigint[])`.execute(db);
}
