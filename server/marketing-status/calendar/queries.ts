import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

/** Contacts that wait for a later instant than this one. */
export function waitingAfter({ accountId }: Context, instant: Date): RawBuilder<unknown> {
  return sql`select contact_id as id from marketing_contact
    where account_id = ${accountId} and until > ${instant}::timestamptz and until < 'infinity'`;
}

/** Contacts that count without an end. */
export function everyMarketing({ accountId }: Context): RawBuilder<unknown> {
  return sql`select contact_id as id from marketing_contact
    where account_id = ${accountId} and until = 'infinity'`;
}

/** A scope of no contact. */
export function nobody(): RawBuilder<unknown> {
  return sql`select null::bigint as id where false`;
}
