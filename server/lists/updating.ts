import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

/**
 * Whether the memberships of `list l` may lag behind its filter: contacts it depends on have changed, a new filter is
 * being worked in, a day has begun, or an update instant has passed and is not settled yet.
 */
export function isUpdating({ clock }: Context): RawBuilder<boolean> {
  return sql<boolean>`(l.type = 'active' and (
    l.built_to is not null
    or exists (select from list_touch t where t.account_id = l.account_id
      and (t.fields is null or l.level > 0 or l.reads && t.fields or '*' = any(l.reads)))
    or ${isBehindDay(sql`l`, clock.sql)}
    or (l.level > 0 or l.reads && '{marketing_contact,*}') and exists (select from marketing_contact m
      where m.account_id = l.account_id and m.until <= ${clock.sql})
    or l.level > 0 and exists (select from list n where n.account_id = l.account_id and n.deleted_at is null
      and n.level < l.level and (n.built_to is not null or ${isBehindDay(sql`n`, clock.sql)}))))`;
}

/** Whether a list's relative dates are those of an earlier day, or of another zone than the account's. */
function isBehindDay(list: RawBuilder<unknown>, now: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(${list}.day is not null and exists (select from account a where a.id = ${list}.account_id
    and (a.time_zone <> ${list}.zone or (${now} at time zone a.time_zone)::date <> ${list}.day)))`;
}
