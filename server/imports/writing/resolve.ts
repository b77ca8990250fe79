import { type RawBuilder, sql } from "kysely";
import type { Plan } from "#contract/imports.ts";
import type { Context } from "#server/platform/context.ts";
import { staging } from "../staging/queries.ts";
import type { StagedShape } from "../staging/staged.ts";

export interface Resolving {
  readonly shape: StagedShape;
  readonly plan: Plan;
  /** Lines to look at, with their range; without it all, which reading has rid of second rows for one contact. */
  readonly lines?: { readonly first: string; readonly last: string };
}

/**
 * Looks one row up by a whole key. Lateral with a limit, so that each row costs one look into an index: while a first
 * import fills empty tables the planner would otherwise read them from end to end for every chunk.
 */
function lookup(alias: string, select: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`left join lateral (${select} limit 1) ${sql.ref(alias)} on true`;
}

/** A living contact that a row may be: by address, id, or unique value. */
function knownContact(
  { accountId }: Context,
  { shape, plan }: Resolving,
): { joins: RawBuilder<unknown>; known: RawBuilder<unknown> } {
  const byEmail = shape.hasEmail
    ? lookup(
        "e",
        sql`select contact_id from contact_email where account_id = ${accountId} and email_key = s.email`,
      )
    : sql``;
  if (plan.match === "email")
    return { joins: byEmail, known: shape.hasEmail ? sql`e.contact_id` : sql`null::bigint` };
  if (plan.match === "id") {
    const merged = sql`select contact_id from merged_contact
      where account_id = ${accountId} and merged_id = s.reference::bigint`;
    const living = sql`select id from contact where account_id = ${accountId} and deleted_at is null
      and id = coalesce(g.contact_id, s.reference::bigint)`;
    return { joins: sql`${byEmail} ${lookup("g", merged)} ${lookup("k", living)}`, known: sql`k.id` };
  }
  const holder = sql`select contact_id from unique_value
    where account_id = ${accountId} and property = ${plan.match} and value = s.reference`;
  return { joins: sql`${byEmail} ${lookup("k", holder)}`, known: sql`k.contact_id` };
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

/** True for a row that is about the same contact as an earlier one. */
function isSecondRow(known: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`${known} is not null and row_number() over (partition by ${known} order by s.line) > 1`;
}

/** The lines of the whole file that are about the same contact as an earlier one. */
export function secondRows(context: Context, resolving: Resolving): RawBuilder<unknown> {
  const { joins, known } = knownContact(context, resolving);
  return sql`select line from (select s.line, ${isSecondRow(known)} as second
    from ${staging(resolving.shape.importId)} s ${joins}) rows where second`;
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
    ${lines ? sql`when ${isSecondRow(known)} then 'same_contact'` : sql``}
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
