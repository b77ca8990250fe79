import { type RawBuilder, sql } from "kysely";
import type { Room } from "#server/billing/growth-policy.ts";
import { stagedDiffers } from "#server/contacts/staged/staged-rows.ts";
import { CHUNK_SIZE } from "#server/operations/operation.ts";
import type { Context } from "#server/platform/context.ts";
import { bounceIsNewsSql, PROTECTING_DAYS, protectsSql } from "#server/subscriptions/protection.ts";
import type { Forecast } from "../import.ts";
import { staging } from "../staging/queries.ts";
import type { StagedShape } from "../staging/staged.ts";
import { protectedInFile, type Resolving, resolved, wantedStatus } from "../writing/resolve.ts";

export interface Forecasting extends Resolving {
  /** Addresses in the file that are remembered as protected, of people who were deleted. */
  readonly suppressed: readonly string[];
}

/** Addresses of the file, some at a time. */
export async function selectStagedAddresses(
  { db }: Context,
  { importId }: StagedShape,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<{ line: string; email: string }[]> {
  const { rows } = await sql<{ line: string; email: string }>`select line, email from ${staging(importId)}
    where line > ${after}::bigint and email is not null order by line limit ${limit}`.execute(db);
  return rows;
}

/** Whether the row protects a contact that was not known to be: by what is remembered of the address it gets. */
function remembered({ shape, plan, suppressed }: Forecasting): RawBuilder<boolean> {
  if (!shape.hasEmail || suppressed.length === 0) return sql<boolean>`false`;
  const getsAddress = plan.match === "email" ? sql`s.known is null` : sql`true`;
  return sql<boolean>`coalesce(${getsAddress} and s.email = any(${suppressed}::text[]), false)`;
}

/** Whether the row says something new about its contact: by the rule that recording it follows. */
function bringsFact({ clock, accountId }: Context, { shape }: Resolving): RawBuilder<boolean> {
  if (!shape.hasFacts) return sql<boolean>`false`;
  const known = (kind: string) => sql`select from subscription_fact f
    where f.account_id = ${accountId} and f.contact_id = s.known and f.kind = ${kind}`;
  const day = sql`(coalesce(s.bounced_at, ${clock.sql}) at time zone
    (select time_zone from account where id = ${accountId}))::date`;
  const protects = protectsSql({
    kind: sql`'bounce'`,
    reason: sql`s.bounce`,
    days: sql.lit(PROTECTING_DAYS),
  });
  const isNews = bounceIsNewsSql({ day: sql`f.last_day`, protects: sql`f.protects` }, { day, protects });
  return sql<boolean>`(coalesce(s.opted_out, false) and not exists (${known("opt_out")})
    or s.bounce is not null and not exists (${known("bounce")} and not ${isNews}))`;
}

/**
 * Each staged row with the contact it is about, whether its values differ or it says something new about it, and what its
 * status would do.
 */
function judged(context: Context, resolving: Forecasting): RawBuilder<unknown> {
  const { accountId, clock } = context;
  const { shape, plan } = resolving;
  const differs = stagedDiffers(
    { ...shape, columns: shape.columns.map(({ name }) => name) },
    plan.match !== "email",
  );
  const wasProtected = sql`exists (select from subscription_fact f
    where f.account_id = ${accountId} and f.contact_id = s.known and f.protects)`;
  const remembers = remembered(resolving);
  const isProtected = plan.includeProtected
    ? sql`false`
    : sql`(${protectedInFile(resolving)} or ${remembers} or ${wasProtected})`;
  return sql`
    with s as (${resolved(context, resolving)})
    select s.line, s.known, s.known is null as is_new,
      ${shape.hasEmail ? sql`s.email is null` : sql`true`} as without_address,
      s.code, coalesce(${differs}, false) or ${bringsFact(context, resolving)}
        or ${remembers} and not ${wasProtected} as differs, case
        when w.status in ('marketing', 'waiting') then case
          when m.until = 'infinity' then case when w.status = 'waiting' then 'lowered' end
          when p.pin = 'never' or ${isProtected} then 'protected'
          when m.until > ${clock.sql} then case when w.status = 'marketing' then 'unscheduled' end
          else 'raised' end
        when w.status = 'non_marketing' and m.until = 'infinity' and p.pin is distinct from 'always' then 'lowered'
      end as effect
    from s
    left join contact c on c.account_id = ${accountId} and c.id = s.known
    left join marketing_contact m on m.account_id = ${accountId} and m.contact_id = s.known
    left join marketing_pin p on p.account_id = ${accountId} and p.contact_id = s.known
    cross join lateral (select ${wantedStatus(resolving)} as status) w`;
}

/** What writing the staged rows would do now. Counts of accepted rows only; `rejected` are those SQL would reject. */
export async function countForecast(
  context: Context,
  resolving: Forecasting,
): Promise<Omit<Forecast, "rows" | "held" | "refused">> {
  const { rows } = await sql<Omit<Forecast, "rows" | "held" | "refused">>`
    select
      (count(*) filter (where code is not null))::float8 as rejected,
      (count(*) filter (where code is null and is_new))::float8 as created,
      (count(*) filter (where code is null and is_new and without_address))::float8 as "createdWithoutAddress",
      (count(*) filter (where code is null and not is_new and (differs or effect in ('raised', 'unscheduled', 'lowered'))))::float8 as updated,
      (count(*) filter (where code is null and not is_new and not differs
        and (effect is null or effect = 'protected')))::float8 as unchanged,
      (count(*) filter (where code is null and effect in ('raised', 'unscheduled')))::float8 as raised,
      (count(*) filter (where code is null and effect = 'raised'))::float8 as "countsAnew",
      (count(*) filter (where code is null and effect = 'protected'))::float8 as protected
    from (${judged(context, resolving)}) row`.execute(context.db);
  return rows[0] as Omit<Forecast, "rows" | "held" | "refused">;
}

/**
 * Matched contacts that stay as they are because there is no room for them: refused, or waiting already, with no other
 * value. Room is filled as the writing fills it: chunk by chunk of lines, and in each by contact, the new ones last.
 */
export async function countLeftAlone(context: Context, resolving: Forecasting, room: Room): Promise<number> {
  const isLeftAlone =
    room.beyond === "refused"
      ? sql`true`
      : sql`exists (select from held_raise h where h.account_id = ${context.accountId} and h.contact_id = known
          and h.ended_at is null)`;
  const { rows } = await sql<{ contacts: number }>`
    select count(*)::float8 as contacts from (
      select *, row_number() over (order by chunk, known nulls last, line) as place
      from (select *, (row_number() over (order by line) - 1) / ${CHUNK_SIZE}::int as chunk
            from (${judged(context, resolving)}) row) chunked
      where code is null and effect = 'raised'
    ) raising
    where place > ${room.contacts}::int and not is_new and not differs and ${isLeftAlone}`.execute(
    context.db,
  );
  return rows[0]?.contacts ?? 0;
}
