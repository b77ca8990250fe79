import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

interface Question {
  /** A select of one column `id`. */
  readonly scope: RawBuilder<unknown>;
  readonly to: "marketing" | "non_marketing";
  readonly includeProtected: boolean;
}

const lowering = (context: Context) => sql`case
  when m.until is null or m.until <= ${context.clock.sql} then 'already_non_marketing'
  when p.pin = 'always' then 'skipped:pinned'
  when m.until < 'infinity' then 'already_waiting'
  else 'scheduled' end`;

const raising = (context: Context, includeProtected: boolean) => sql`case
  when m.until = 'infinity' then 'already_marketing'
  when p.pin = 'never' then 'skipped:pinned'
  when ${includeProtected ? sql`false` : isProtected(context)} then 'skipped:protected'
  when m.until > ${context.clock.sql} then 'unscheduled'
  else 'set_marketing' end`;

/** Whether contact `s.id` opted out, bounced for good or complained. */
export const isProtected = ({ accountId }: Context) => sql<boolean>`exists (select from subscription_fact f
  where f.account_id = ${accountId} and f.contact_id = s.id and f.protects)`;

/**
 * What setting the contacts of `scope` would do to each: columns id, until, outcome, reason.
 * Dialogs count by it and acts change by it, so the numbers agree.
 */
export function classify(context: Context, { scope, to, includeProtected }: Question): RawBuilder<unknown> {
  const code = to === "marketing" ? raising(context, includeProtected) : lowering(context);
  return sql`select id, until, split_part(code, ':', 1) as outcome, split_part(code, ':', 2) as reason
    from (select s.id, m.until, ${code} as code from (${scope}) s
      left join marketing_contact m on m.account_id = ${context.accountId} and m.contact_id = s.id
      left join marketing_pin p on p.account_id = ${context.accountId} and p.contact_id = s.id) classified`;
}

/** The living contacts among these ids. The range lets the planner read one stretch of the index. */
export function livingContacts({ accountId }: Context, ids: readonly string[]): RawBuilder<unknown> {
  return sql`select c.id from contact c where c.account_id = ${accountId} and c.deleted_at is null
    and c.id = any(${ids}::bigint[])`;
}
