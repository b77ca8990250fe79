import { type RawBuilder, sql } from "kysely";
import type { Room } from "#server/billing/growth-policy.ts";
import { stagedDiffers } from "#server/contacts/staged/staged-rows.ts";
import { CHUNK_SIZE } from "#server/operations/operation.ts";
import type { Context } from "#server/platform/context.ts";
import type { Forecast } from "../import.ts";
import { protectedInFile, type Resolving, resolved, wantedStatus } from "../writing/resolve.ts";

/** Each staged row with the contact it is about, whether its values differ, and what its status would do. */
function judged(context: Context, resolving: Resolving): RawBuilder<unknown> {
  const { accountId, clock } = context;
  const { shape, plan } = resolving;
  const differs = stagedDiffers(
    { ...shape, columns: shape.columns.map(({ name }) => name) },
    plan.match !== "email",
  );
  const isProtected = plan.includeProtected
    ? sql`false`
    : sql`(${protectedInFile(resolving)} or exists (select from subscription_fact f
        where f.account_id = ${accountId} and f.contact_id = s.known and f.protects))`;
  return sql`
    with s as (${resolved(context, resolving)})
    select s.line, s.known, s.known is null as is_new,
      ${shape.hasEmail ? sql`s.email is null` : sql`true`} as without_address,
      s.code, coalesce(${differs}, false) as differs, case
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
  resolving: Resolving,
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
export async function countLeftAlone(context: Context, resolving: Resolving, room: Room): Promise<number> {
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
