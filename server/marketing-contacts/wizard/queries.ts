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
  return sql<boolean>`(c.id in (
    select id from (${inPlaces(sql`
      select c.id, ${compared} from contact c
      join marketing_contact m on m.account_id = ${accountId} and m.contact_id = c.id and m.until = 'infinity'
      where c.account_id = ${accountId} and c.deleted_at is null`)}) placed
    where ${isBehind}))`;
}

/** What contacts `c` are compared by. */
const compared = sql`c.company_key, c.phone_key,
  greatest(c.hs_email_last_open_date, c.hs_email_last_click_date, c.recent_conversion_date) as engaged`;

/** Their places among those of the same key, whoever engaged last being the first. */
function inPlaces(contacts: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select *, ${placeBy("company_key")} as by_company, ${placeBy("phone_key")} as by_phone
    from (${contacts}) compared`;
}

const placeBy = (key: "company_key" | "phone_key") =>
  sql`row_number() over (partition by ${sql.ref(key)} order by engaged desc nulls last, id)`;

const isBehind = sql`(company_key is not null and by_company > 1 or phone_key is not null and by_phone > 1)`;

/** One way of choosing people: a select of `id` and `ways`, in which the bits of the ways that found them are set. */
export type WaySelect = RawBuilder<{ id: string; ways: string }>;

/** A condition, and the number of its way. */
export interface WayWhere {
  readonly way: number;
  readonly where: RawBuilder<boolean>;
}

const bit = (way: number): RawBuilder<string> => sql<string>`(1::bigint << ${sql.lit(way)})`;

/** Conditions about contact `c`. */
export interface Stays {
  /** It is a marketing contact that stays as it is: one of those that are compared with each other. */
  readonly compared: RawBuilder<boolean>;
  /** No pin holds it. */
  readonly free: RawBuilder<boolean>;
}

const fromCompared = ({ accountId }: Context, { compared }: Stays): RawBuilder<unknown> =>
  sql`from contact c where c.account_id = ${accountId} and c.deleted_at is null and ${compared}`;

/** Everybody who stays and meets a condition, by a select of its own. */
export function soughtBy(context: Context, stays: Stays, { way, where }: WayWhere): WaySelect {
  return sql`select c.id, ${bit(way)} as ways ${fromCompared(context, stays)} and ${stays.free} and ${where}`;
}

/** Everybody who stays and meets any condition, by one pass. */
export function passedBy(context: Context, stays: Stays, conditions: readonly WayWhere[]): WaySelect {
  // Behind the fence the conditions are worked out once, and only for those who stay.
  return sql`select id, ways from (select c.id, ${bitsOf(conditions)} as ways ${fromCompared(context, stays)}
    and ${stays.free} offset 0) seen where ways <> 0`;
}

/** The same, with the duplicates as one more way: `isDuplicate`, worked out in that pass. */
export function passedWithDuplicates(
  context: Context,
  stays: Stays,
  { conditions, way }: { conditions: readonly WayWhere[]; way: number },
): WaySelect {
  const all = sql`select c.id, ${bitsOf(conditions)} as ways, ${stays.free} as is_free, ${compared}
    ${fromCompared(context, stays)} offset 0`;
  return sql`select id, ways from (
      select id, is_free, ways | case when ${isBehind} then ${bit(way)} else 0 end as ways from (${inPlaces(all)}) placed
      offset 0) seen where is_free and ways <> 0`;
}

function bitsOf(conditions: readonly WayWhere[]): RawBuilder<unknown> {
  const bits = conditions.map(({ way, where }) => sql`case when ${where} then ${bit(way)} else 0 end`);
  return sql.join([sql`0::bigint`, ...bits], sql` | `);
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
  const { rows } = await sql<{ ways: string; contacts: number }>`
    select ways, count(*)::int as contacts from (${people}) chosen group by ways`.execute(db);
  return rows.map(({ ways, contacts }) => ({ ways: waysOf(ways), contacts }));
}

/** The numbers of the ways whose bits are set. */
export function waysOf(bits: string): number[] {
  const ways: number[] = [];
  for (let way = 0, rest = BigInt(bits); rest > 0n; way++, rest >>= 1n) if (rest & 1n) ways.push(way);
  return ways;
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
