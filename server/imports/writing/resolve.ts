import { type RawBuilder, sql } from "kysely";
import type { Plan } from "#contract/imports.ts";
import type { Context } from "#server/platform/context.ts";
import { staging } from "../staging/queries.ts";
import type { StagedShape } from "../staging/staged.ts";

export interface Resolving {
  readonly shape: StagedShape;
  readonly plan: Plan;
  /** Lines to look at, with their range; without it all. */
  readonly lines?: { readonly first: string; readonly last: string };
}

/** A living contact that a row may be: by address, id, or unique value. */
function knownContact(
  { accountId }: Context,
  { shape, plan }: Resolving,
): { joins: RawBuilder<unknown>; known: RawBuilder<unknown> } {
  const byEmail = shape.hasEmail
    ? sql`left join contact_email e on e.account_id = ${accountId} and e.email_key = s.email`
    : sql``;
  if (plan.match === "email")
    return { joins: byEmail, known: shape.hasEmail ? sql`e.contact_id` : sql`null::bigint` };
  if (plan.match === "id") {
    const joins = sql`${byEmail}
      left join merged_contact g on g.account_id = ${accountId} and g.merged_id = s.reference::bigint
      left join contact k on k.account_id = ${accountId} and k.id = coalesce(g.contact_id, s.reference::bigint) and k.deleted_at is null`;
    return { joins, known: sql`k.id` };
  }
  const joins = sql`${byEmail}
    left join unique_value k on k.account_id = ${accountId} and k.property = ${plan.match} and k.value = s.reference`;
  return { joins, known: sql`k.contact_id` };
}

/** Unique values that other contacts hold. */
function takenValues(
  { accountId }: Context,
  { shape, plan }: Resolving,
  known: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const others = shape.unique.filter((property) => property !== plan.match);
  if (others.length === 0) return sql``;
  const held = others.map(
    (
      property,
    ) => sql`when exists (select from unique_value u where u.account_id = ${accountId} and u.property = ${property}
      and u.value = s.custom->>${sql.lit(property)} and u.contact_id is distinct from ${known}) then 'value_taken'`,
  );
  return sql.join(held, sql` `);
}

/**
 * Which contact each row is, and why it may not be written: columns of the staged row, `known` (null: a new contact)
 * and `code`. The dry run counts by it and the writing writes by it, so they agree.
 */
export function resolved(context: Context, resolving: Resolving): RawBuilder<unknown> {
  const { shape, plan, lines } = resolving;
  const { joins, known } = knownContact(context, resolving);
  const taken =
    shape.hasEmail && plan.match !== "email"
      ? sql`when e.contact_id is not null and e.contact_id is distinct from ${known} then 'address_taken'`
      : sql``;
  const unknownId =
    plan.match === "id" ? sql`when s.reference is not null and ${known} is null then 'id_unknown'` : sql``;
  const code = sql`case
    when ${plan.mode} = 'create' and ${known} is not null then 'exists'
    when ${plan.mode} = 'update' and ${known} is null then 'not_found'
    ${unknownId} ${taken} ${takenValues(context, resolving, known)}
    when ${known} is not null and row_number() over (partition by ${known} order by s.line) > 1 then 'same_contact'
    end`;
  const range = lines ? sql`where s.line between ${lines.first} and ${lines.last}` : sql``;
  return sql`select s.*, ${known} as known, ${code} as code from ${staging(shape.importId)} s ${joins} ${range}`;
}

/** What the row's status says, by the plan: marketing, waiting, non_marketing, or null for "leave it". */
export function wantedStatus({ shape, plan }: Resolving): RawBuilder<string | null> {
  if (plan.status === "new") return sql<string>`case when s.known is null then 'marketing' end`;
  if (plan.status === "all") return sql<string>`'marketing'::text`;
  return plan.status === "column" && shape.hasStatus ? sql<string>`s.status` : sql<null>`null::text`;
}

/** Facts of the row itself that protect it. */
export function protectedInFile({ shape }: Resolving): RawBuilder<boolean> {
  return shape.hasFacts
    ? sql<boolean>`(coalesce(s.opted_out, false) or s.bounce is not null)`
    : sql<boolean>`false`;
}
