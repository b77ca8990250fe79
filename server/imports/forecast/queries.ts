import { sql } from "kysely";
import { stagedDiffers } from "#server/contacts/staged/staged-rows.ts";
import type { Context } from "#server/platform/context.ts";
import type { Forecast } from "../import.ts";
import { protectedInFile, type Resolving, resolved, wantedStatus } from "../writing/resolve.ts";

/** What writing the staged rows would do now. Counts of accepted rows only; `rejected` are those SQL would reject. */
export async function countForecast(
  context: Context,
  resolving: Resolving,
): Promise<Omit<Forecast, "rows" | "held" | "refused">> {
  const { accountId, clock, db } = context;
  const { shape, plan } = resolving;
  const differs = stagedDiffers(
    { ...shape, columns: shape.columns.map(({ name }) => name) },
    plan.match !== "email",
  );
  const isProtected = plan.includeProtected
    ? sql`false`
    : sql`(${protectedInFile(resolving)} or exists (select from subscription_fact f
        where f.account_id = ${accountId} and f.contact_id = s.known and f.protects))`;
  const { rows } = await sql<Omit<Forecast, "rows" | "held" | "refused">>`
    with s as (${resolved(context, resolving)}),
    row as (
      select s.known is null as is_new, ${shape.hasEmail ? sql`s.email is null` : sql`true`} as without_address,
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
      cross join lateral (select ${wantedStatus(resolving)} as status) w
    )
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
    from row`.execute(db);
  return rows[0] as Omit<Forecast, "rows" | "held" | "refused">;
}
