import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { CleanupChoice } from "./cleanup-choice.ts";
import { roleNames } from "./role-address.ts";

/** Whether contact `c`'s address is one that several people read, such as info@. */
export function isRoleAddress(): RawBuilder<boolean> {
  return sql<boolean>`(split_part(split_part(lower(c.email), '@', 1), '+', 1) = any(${roleNames}::text[]))`;
}

/**
 * Whether contact `c` has the same first and last name and the same company or telephone as another marketing contact
 * that stays, and that one engaged later, or as late and was there before. So one of each always remains.
 */
export function isDuplicate({ accountId }: Context): RawBuilder<boolean> {
  // Keys that several contacts have are few, and found in an index alone; only their contacts are looked at.
  const same = (key: "company_key" | "phone_key"): RawBuilder<unknown> => sql`
    select p.id, ${sql.ref(key)} as key,
      greatest(p.hs_email_last_open_date, p.hs_email_last_click_date, p.recent_conversion_date) as engaged
    from contact p
    join marketing_contact m on m.account_id = ${accountId} and m.contact_id = p.id and m.until = 'infinity'
    where p.account_id = ${accountId} and p.deleted_at is null and ${sql.ref(key)} = any(array(
      select ${sql.ref(key)} from contact where account_id = ${accountId} and deleted_at is null
        and ${sql.ref(key)} is not null group by 1 having count(*) > 1))`;
  return sql<boolean>`(c.id in (
    select id from (
      select id, row_number() over (partition by key order by engaged desc nulls last, id) as place
      from (${same("company_key")} union all ${same("phone_key")}) sameness
    ) ranked where place > 1))`;
}

/** One way of choosing people: a select of `id` and `ways`, in which the bits of the ways that found them are set. */
export type WaySelect = RawBuilder<{ id: string; ways: string }>;

/** A condition, and the number of its way. */
export interface WayWhere {
  readonly way: number;
  readonly where: RawBuilder<boolean>;
}

const bit = (way: number): RawBuilder<string> => sql<string>`(1::bigint << ${sql.lit(way)})`;
const fromStaying = ({ accountId }: Context, staying: RawBuilder<boolean>): RawBuilder<unknown> =>
  sql`from contact c where c.account_id = ${accountId} and c.deleted_at is null and ${staying}`;

/** Everybody who stays and meets a condition, by a select of its own. */
export function soughtBy(
  context: Context,
  staying: RawBuilder<boolean>,
  { way, where }: WayWhere,
): WaySelect {
  return sql`select c.id, ${bit(way)} as ways ${fromStaying(context, staying)} and ${where}`;
}

/** Everybody who stays and meets any condition, by one pass. */
export function passedBy(
  context: Context,
  staying: RawBuilder<boolean>,
  conditions: readonly WayWhere[],
): WaySelect {
  const bits = conditions.map(({ way, where }) => sql`case when ${where} then ${bit(way)} else 0 end`);
  // Behind the fence the conditions are worked out once, and only for those who stay.
  return sql`select id, ways from (select c.id, ${sql.join(bits, sql` | `)} as ways ${fromStaying(context, staying)}
    offset 0) seen where ways <> 0`;
}

/** Everybody of a select, found by one way. */
export function foundBy(way: number, select: RawBuilder<unknown>): WaySelect {
  return sql`select id, ${bit(way)} as ways from (${select}) found`;
}

/** Each contact of any of the selects once, with all ways that found it; nobody without a select. */
export function unionOf(selects: readonly WaySelect[]): WaySelect {
  const [first, ...others] = selects;
  if (!first) return sql`select null::bigint as id, 0::bigint as ways where false`;
  if (others.length === 0) return first;
  return sql`select id, bit_or(ways) as ways from (${sql.join([...selects], sql` union all `)}) found group by id`;
}

/** People whom exactly these ways found, by their numbers. */
export interface Found {
  readonly ways: readonly number[];
  readonly contacts: number;
}

/** How many people each combination of ways found: all numbers about them are sums of these. */
export async function countFound({ db }: Context, people: WaySelect): Promise<Found[]> {
  const { rows } = await sql<{ ways: number[]; contacts: number }>`
    select array(select way from generate_series(0, 62) way where ways & (1::bigint << way) <> 0) as ways, contacts
    from (select ways, count(*)::int as contacts from (${people}) chosen group by ways) each`.execute(db);
  return rows;
}

/** Finds the people once for several questions of the same transaction, which forgets them when it ends. */
export async function keepChosen({ db }: Context, people: WaySelect): Promise<WaySelect> {
  await sql`drop table if exists pg_temp.chosen_contact`.execute(db);
  await sql`create temp table chosen_contact on commit drop as ${people}`.execute(db);
  await sql`analyze pg_temp.chosen_contact`.execute(db);
  return sql`select id, ways from pg_temp.chosen_contact`;
}

export interface DraftRow {
  readonly id: string;
  readonly choice: CleanupChoice;
  readonly operationId: string | null;
  readonly updatedAt: Date;
}

const columns = sql`id, choice, operation_id as "operationId", updated_at as "updatedAt"`;
const ofActor = ({ accountId, actor }: Context) => sql`account_id = ${accountId}
  and actor_type = ${actor.type} and actor_id is not distinct from ${actor.id}::bigint`;

/** The actor's unfinished draft, or a new one. */
export async function openDraft(context: Context, choice: CleanupChoice): Promise<DraftRow> {
  const { db, clock, actor, accountId } = context;
  await sql`insert into cleanup_draft (account_id, actor_type, actor_id, choice, created_at, updated_at)
    values (${accountId}, ${actor.type}, ${actor.id}, ${JSON.stringify(choice)}::jsonb, ${clock.sql}, ${clock.sql})
    on conflict (account_id, actor_type, actor_id) where operation_id is null do nothing`.execute(db);
  const { rows } = await sql<DraftRow>`select ${columns} from cleanup_draft
    where ${ofActor(context)} and operation_id is null order by id desc limit 1`.execute(db);
  return rows[0] as DraftRow;
}

/** One of the actor's own drafts, held until the transaction ends where it will be changed. */
export async function selectDraft(
  context: Context,
  { draftId, forUpdate = false }: { draftId: string; forUpdate?: boolean },
): Promise<DraftRow | undefined> {
  const lock = forUpdate ? sql`for update` : sql``;
  const { rows } = await sql<DraftRow>`select ${columns} from cleanup_draft
    where ${ofActor(context)} and id = ${draftId} ${lock}`.execute(context.db);
  return rows[0];
}

export async function updateDraft(
  context: Context,
  draftId: string,
  choice: CleanupChoice,
): Promise<DraftRow | undefined> {
  const { rows } = await sql<DraftRow>`
    update cleanup_draft set choice = ${JSON.stringify(choice)}::jsonb, updated_at = ${context.clock.sql}
    where ${ofActor(context)} and id = ${draftId} and operation_id is null returning ${columns}`.execute(
    context.db,
  );
  return rows[0];
}

export async function finishDraft(context: Context, draftId: string, operationId: string): Promise<void> {
  await sql`update cleanup_draft set operation_id = ${operationId}, updated_at = ${context.clock.sql}
    where ${ofActor(context)} and id = ${draftId}`.execute(context.db);
}

export async function removeDraft(context: Context, draftId: string): Promise<void> {
  await sql`delete from cleanup_draft
    where ${ofActor(context)} and id = ${draftId} and operation_id is null`.execute(context.db);
}
