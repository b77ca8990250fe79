import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { CleanupChoice } from "./cleanup-choice.ts";
import { roleNames } from "./role-address.ts";

/** Whether contact `c`'s address is one that several people read, such as info@. */
export function isRoleAddress(): RawBuilder<boolean> {
  return sql<boolean>`(split_part(split_part(lower(c.email), '@', 1), '+', 1) = any(${roleNames}::text[]))`;
}

/** Text to compare by: case always, accents only where there can be any, because removing them costs. */
const plain = (column: string): RawBuilder<string> => {
  const value = sql.ref(`p.${column}`);
  return sql<string>`case when octet_length(${value}) = length(${value}) then lower(${value}) else fold(${value}) end`;
};

/**
 * Whether contact `c` has the same first and last name and the same company or telephone as another marketing contact
 * that stays, and that one engaged later, or as late and was there before. So one of each always remains.
 */
export function isDuplicate({ accountId }: Context): RawBuilder<boolean> {
  return sql<boolean>`(c.id in (
    with person as materialized (
      select p.id, p.company, translate(p.phone, ' +-()./', '') as phone,
        greatest(p.hs_email_last_open_date, p.hs_email_last_click_date, p.recent_conversion_date) as engaged,
        ${plain("firstname")} || chr(31) || ${plain("lastname")} as name
      from marketing_contact m
      join contact p on p.account_id = ${accountId} and p.id = m.contact_id and p.deleted_at is null
      where m.account_id = ${accountId} and m.until = 'infinity' and p.firstname <> '' and p.lastname <> ''
    ),
    sameness as (
      select id, engaged, hashtextextended(name || chr(31) || ${plain("company")}, 0) as key
      from person p where company <> ''
      union all
      select id, engaged, hashtextextended(name || chr(31) || phone, 1) from person where phone <> ''
    )
    select id from (
      select id, row_number() over (partition by key order by engaged desc nulls last, id) as place from sameness
    ) ranked where place > 1))`;
}

export interface GroupWhere {
  readonly name: string;
  readonly where: RawBuilder<boolean>;
}

/** How many of the staying contacts are in each group: all of it in one pass. */
export async function countGroups(
  { db, accountId }: Context,
  { staying, groups }: { staying: RawBuilder<boolean>; groups: readonly GroupWhere[] },
): Promise<ReadonlyMap<string, number>> {
  if (groups.length === 0) return new Map();
  const counts = groups.map(
    ({ name, where }) => sql`count(*) filter (where ${where})::int as ${sql.ref(name)}`,
  );
  const { rows } = await sql<Record<string, number>>`
    select ${sql.join(counts)} from contact c
    where c.account_id = ${accountId} and c.deleted_at is null and ${staying}`.execute(db);
  return new Map(Object.entries(rows[0] ?? {}));
}

/** Staying contacts for whom any of the reasons holds. */
export function selectGroupMembers(
  { accountId }: Context,
  { staying, reason }: { staying: RawBuilder<boolean>; reason: RawBuilder<boolean> },
): RawBuilder<unknown> {
  return sql`select c.id from contact c
    where c.account_id = ${accountId} and c.deleted_at is null and ${staying} and ${reason}`;
}

/** Each contact of any of the selects once; nobody without a select. */
export function unionOf(selects: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  if (selects.length === 0) return sql`select null::bigint as id where false`;
  return sql.join([...selects], sql` union `);
}

export async function countScope({ db }: Context, scope: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`
    select count(*)::int as contacts from (${scope}) chosen`.execute(db);
  return rows[0]?.contacts ?? 0;
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
