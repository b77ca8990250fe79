import { type RawBuilder, sql } from "kysely";
import type { Barrier } from "#server/billing/growth-policy.ts";
import type { Context } from "#server/platform/context.ts";
import type { GroupCount } from "../bulk/queries.ts";
import { livingContacts } from "../status/classify.ts";

/** The held contact that is the last to find room, the oldest first; later ones keep waiting. */
export interface LastPlace {
  readonly since: string;
  readonly id: string;
}

interface Deciding {
  /** A select of one column `id`. */
  readonly scope: RawBuilder<unknown>;
  /** How many find room. */
  readonly contacts: number;
  readonly barrier: Barrier;
  readonly last?: LastPlace | null;
}

/**
 * What approving these contacts does to each, oldest first: checked again for existence, pin and protection. Columns id,
 * since, outcome, reason, source_type, source_id. An override of protection counts for what was known when it was held.
 */
function decided(
  { clock, accountId }: Context,
  { scope, contacts, barrier, last }: Deciding,
): RawBuilder<unknown> {
  const isLater = last ? sql`(since, id) > (${last.since}::timestamptz, ${last.id}::bigint)` : sql`false`;
  return sql`
    select id, since, source_type, source_id, split_part(code, ':', 1) as outcome, split_part(code, ':', 2) as reason
    from (
      select *, case when checked_code = 'approved:' and (${isLater}
          or row_number() over (partition by checked_code order by since, id) > ${contacts}::int)
        then ${`still_held:${barrier}`}::text else checked_code end as code
      from (
        select s.id, h.since, h.source_type, h.source_id, case
          when h.id is null then 'no_longer_held:'
          when c.id is null then 'missing:'
          when p.pin = 'never' then 'skipped:pinned'
          when h.until <= ${clock.sql} then 'skipped:passed'
          when exists (select from subscription_fact f where f.account_id = ${accountId} and f.contact_id = s.id
            and f.protects and (not h.include_protected or f.at > h.since)) then 'skipped:protected'
          else 'approved:' end as checked_code
        from (${scope}) s
        left join held_raise h on h.account_id = ${accountId} and h.contact_id = s.id and h.ended_at is null
        left join contact c on c.account_id = ${accountId} and c.id = s.id and c.deleted_at is null
        left join marketing_pin p on p.account_id = ${accountId} and p.contact_id = s.id
      ) checked
    ) decided`;
}

/** How many of the scope fall into each group, by the query that the approval itself uses. */
export async function countDecided(context: Context, deciding: Deciding): Promise<GroupCount[]> {
  const { rows } = await sql<GroupCount>`select outcome, reason, count(*)::int as contacts
    from (${decided(context, deciding)}) d group by 1, 2 order by 1, 2`.execute(context.db);
  return rows;
}

/** The last of the scope that finds room. */
export async function lastPlace(context: Context, deciding: Deciding): Promise<LastPlace | null> {
  const { rows } = await sql<LastPlace>`select since::text as since, id from (${decided(context, deciding)}) d
    where outcome = 'approved' order by d.since desc, d.id desc limit 1`.execute(context.db);
  return rows[0] ?? null;
}

export interface DecidedGroup {
  readonly outcome: string;
  readonly reason: string;
  readonly sourceType: string | null;
  readonly sourceId: string | null;
  readonly ids: string[];
}

/** Keeps the holds as they are until the transaction ends, and says what becomes of each. */
export async function decide(
  context: Context,
  { ids, ...deciding }: Omit<Deciding, "scope"> & { ids: readonly string[] },
): Promise<DecidedGroup[]> {
  await sql`select from held_raise where account_id = ${context.accountId} and contact_id = any(${ids}::bigint[])
    and ended_at is null order by contact_id for update`.execute(context.db);
  const scope = sql`select unnest(${ids}::bigint[]) as id`;
  const { rows } = await sql<DecidedGroup>`
    select outcome, reason, case when outcome = 'approved' then source_type end as "sourceType",
      case when outcome = 'approved' then source_id end as "sourceId", array_agg(id order by since, id) as ids
    from (${decided(context, { ...deciding, scope })}) d group by 1, 2, 3, 4 order by 1, 2`.execute(
    context.db,
  );
  return rows;
}

/** The plan that raises held contacts, each to what it was held for. */
export function approvalPlan(context: Context, ids: readonly string[]): RawBuilder<unknown> {
  const { accountId, clock } = context;
  return sql`select s.id, 'approved' as outcome, '' as reason,
      case when m.until is null or m.until <= ${clock.sql} then 'set_marketing' end as kind,
      m.until as until_before, h.until as until_after, h.source_type, h.source_id
    from (${livingContacts(context, ids)}) s
    join held_raise h on h.account_id = ${accountId} and h.contact_id = s.id and h.ended_at is null
    left join marketing_contact m on m.account_id = ${accountId} and m.contact_id = s.id`;
}

type Reopening = "approved" | "declined" | "lowered";

/** Whether an operation ended any hold by lowering. */
export async function hasLoweredHeld({ db, accountId }: Context, operationId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from held_raise
    where account_id = ${accountId} and ended_operation_id = ${operationId}::bigint and ended_by = 'lowered') as found`.execute(
    db,
  );
  return rows[0]?.found === true;
}

type Reopened = { readonly ids: readonly string[]; readonly by: Reopening } & (
  | { readonly operationId: string }
  | { readonly holdId: string }
);

/**
 * Takes up again the holds that an operation ended (not those it had made itself), or this one, where the contact still
 * lives, does not count, was not held anew and nothing has been said since that keeps it from being raised. Returns whose
 * those are.
 */
export async function reopenHeld(
  { db, clock, accountId }: Context,
  { ids, by, ...which }: Reopened,
): Promise<string[]> {
  const meant =
    "holdId" in which
      ? sql`h.id = ${which.holdId}::bigint`
      : sql`h.ended_operation_id = ${which.operationId}::bigint
          and h.operation_id is distinct from ${which.operationId}::bigint`;
  const { rows } = await sql<{ id: string }>`
    update held_raise h set ended_at = null, ended_by = null, ended_operation_id = null
    from contact c
    where h.account_id = ${accountId} and h.contact_id = any(${ids}::bigint[]) and h.ended_by = ${by}
      and ${meant}
      and c.account_id = h.account_id and c.id = h.contact_id and c.deleted_at is null
      and not exists (select from held_raise o where o.account_id = h.account_id and o.contact_id = h.contact_id
        and o.id > h.id)
      and not exists (select from marketing_contact m where m.account_id = h.account_id
        and m.contact_id = h.contact_id and m.until > ${clock.sql})
      and not exists (select from marketing_pin p where p.account_id = h.account_id and p.contact_id = h.contact_id
        and p.pin = 'never')
      and not exists (select from subscription_fact f where f.account_id = h.account_id
        and f.contact_id = h.contact_id and f.protects and (not h.include_protected or f.at > h.since))
    returning h.contact_id as id`.execute(db);
  return rows.map(({ id }) => id);
}

/** All that wait among a selection's contacts, or those of them that one source set off. Columns id, since. */
export function heldAmong(
  { accountId }: Context,
  scope: RawBuilder<unknown>,
  source?: { readonly type: string; readonly id: string | null },
): RawBuilder<unknown> {
  const bySource =
    source === undefined
      ? sql``
      : sql`and h.source_type = ${source.type} and h.source_id is not distinct from ${source.id}`;
  return sql`select h.contact_id as id, h.since from held_raise h
    where h.account_id = ${accountId} and h.ended_at is null and h.contact_id in (${scope}) ${bySource}`;
}
