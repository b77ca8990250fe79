import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

interface Question {
  /** A select with a column `id`. */
  readonly scope: RawBuilder<unknown>;
  readonly to: "marketing" | "non_marketing";
  readonly includeProtected: boolean;
  /** The ids of the scope, where they are known. */
  readonly ids?: readonly string[];
  /** What they will have become by then, where it is another question than now: a select of id and until. */
  readonly standing?: RawBuilder<unknown> | undefined;
}

const lowering = (context: Context) => sql`case
  when m.until is null or m.until <= ${context.clock.sql} then case
    when exists (select from held_raise h where h.account_id = ${context.accountId} and h.contact_id = s.id
      and h.ended_at is null) then 'unheld'
    else 'already_non_marketing' end
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
export function classify(context: Context, question: Question): RawBuilder<unknown> {
  return sql`select id, until, ${outcomeOf} as outcome, ${reasonOf} as reason
    from (${classifyByCode(context, question)}) classified`;
}

export const outcomeOf = sql<string>`split_part(code, ':', 1)`;
export const reasonOf = sql<string>`split_part(code, ':', 2)`;

/**
 * The same with outcome and reason in one word, `code`, beside all columns of the scope: who counts takes it apart when
 * it has been counted. `offset 0` keeps the planner from working the code out again for each column made of it.
 */
export function classifyByCode(
  context: Context,
  { scope, to, includeProtected, ids, standing }: Question,
): RawBuilder<unknown> {
  const status = standing
    ? sql`left join (${standing}) m on m.id = s.id ${pinOf(context)}`
    : statusOf(context, ids);
  const code = to === "marketing" ? raising(context, includeProtected) : lowering(context);
  return sql`select s.*, m.until, ${code} as code from (${scope}) s ${status} offset 0`;
}

/** Joins status `m` and pin `p` to the contacts `s`. */
export function statusOf(context: Context, ids?: readonly string[]): RawBuilder<unknown> {
  const { accountId } = context;
  return sql`
    left join marketing_contact m on m.account_id = ${accountId} and m.contact_id = s.id ${within(sql`m.contact_id`, ids)}
    ${pinOf(context, ids)}`;
}

function pinOf({ accountId }: Context, ids?: readonly string[]): RawBuilder<unknown> {
  return sql`left join marketing_pin p on p.account_id = ${accountId} and p.contact_id = s.id ${within(sql`p.contact_id`, ids)}`;
}

/**
 * The stretch of ids that a chunk lies in. With it a hash join reads one range of the index; without it, and with
 * statistics from before a mass change, the planner may compare every row with every other.
 */
export function within(column: RawBuilder<unknown>, ids: readonly string[] | undefined): RawBuilder<unknown> {
  if (ids === undefined || ids.length === 0) return sql``;
  let [first, last] = [ids[0] as string, ids[0] as string];
  for (const id of ids) {
    if (isBefore(id, first)) first = id;
    if (isBefore(last, id)) last = id;
  }
  return sql`and ${column} between ${first}::bigint and ${last}::bigint`;
}

const isBefore = (a: string, b: string) => a.length < b.length || (a.length === b.length && a < b);

/** The living contacts among these ids. */
export function livingContacts({ accountId }: Context, ids: readonly string[]): RawBuilder<unknown> {
  return sql`select i.id from unnest(${ids}::bigint[]) i(id) join contact c
    on c.account_id = ${accountId} and c.id = i.id and c.deleted_at is null ${within(sql`c.id`, ids)}`;
}
