import { type RawBuilder, sql } from "kysely";
import type { WorkflowDefinition } from "#contract/workflow-definition.ts";
import type { Context } from "#server/platform/context.ts";
import type { WorkflowState } from "../workflow.ts";

export interface StoredWorkflow {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly state: WorkflowState;
  readonly pauseReason: string | null;
  readonly version: number | null;
  readonly draft: unknown;
  readonly revision: number;
  /** The draft is the version that runs or ran last. */
  readonly draftRuns: boolean;
  readonly enrolled: number;
  readonly active: number;
  readonly waiting: number;
  readonly retrying: number;
  readonly parked: number;
  readonly changedAt: Date;
  readonly changedBy: string | null;
}

const columns = sql`w.id, w.name, w.folder, w.owner_id as "ownerId", coalesce(o.name, '') as "ownerName", w.state,
  w.pause_reason as "pauseReason", w.version, w.draft, w.revision,
  coalesce(w.draft = (select v.definition from workflow_version v
    where v.account_id = w.account_id and v.workflow_id = w.id and v.version = w.version), false) as "draftRuns",
  (select coalesce(sum(t.contacts), 0)::int from workflow_tally t
    where t.account_id = w.account_id and t.workflow_id = w.id and t.step = '' and t.outcome = 'enrolled') as enrolled,
  inside.active, inside.waiting, inside.retrying, inside.parked,
  w.changed_at as "changedAt", c.name as "changedBy"`;

const sources = sql`workflow w
  left join app_user o on o.id = w.owner_id
  left join app_user c on c.id = w.changed_by
  cross join lateral (select (count(*) filter (where state in ('active', 'working')))::int as active,
      (count(*) filter (where state = 'waiting'))::int as waiting,
      (count(*) filter (where state = 'retrying'))::int as retrying,
      (count(*) filter (where state = 'parked'))::int as parked
    from workflow_enrollment e where e.account_id = w.account_id and e.workflow_id = w.id and e.ended_at is null) inside`;

export async function selectWorkflows(
  { db, accountId }: Context,
  { query, folder }: { query: string; folder: string | undefined },
): Promise<StoredWorkflow[]> {
  const inFolder = folder === undefined ? sql`` : sql`and w.folder = ${folder}`;
  const { rows } = await sql<StoredWorkflow>`select ${columns} from ${sources}
    where w.account_id = ${accountId} and w.deleted_at is null ${inFolder}
      and (${query} = '' or w.name ilike '%' || ${query.replace(/[\\%_]/g, "\\$&")} || '%')
    order by lower(w.name) collate "und-x-icu"`.execute(db);
  return rows;
}

export async function selectFolders({ db, accountId }: Context): Promise<string[]> {
  const { rows } = await sql<{ folder: string }>`select distinct folder from workflow
    where account_id = ${accountId} and deleted_at is null and folder <> '' order by folder`.execute(db);
  return rows.map(({ folder }) => folder);
}

export async function selectWorkflow(
  { db, accountId }: Context,
  workflowId: string,
): Promise<StoredWorkflow | undefined> {
  const { rows } = await sql<StoredWorkflow>`select ${columns} from ${sources}
    where w.account_id = ${accountId} and w.id = ${workflowId} and w.deleted_at is null`.execute(db);
  return rows[0];
}

/** Holds the workflow until the transaction ends; false when there is none. */
export async function lockWorkflow({ db, accountId }: Context, workflowId: string): Promise<boolean> {
  const { rows } = await sql`select from workflow
    where account_id = ${accountId} and id = ${workflowId} and deleted_at is null for update`.execute(db);
  return rows.length > 0;
}

export async function isNameTaken(
  { db, accountId }: Context,
  name: string,
  besides: string | null,
): Promise<boolean> {
  const { rows } = await sql`select from workflow where account_id = ${accountId} and deleted_at is null
    and lower(name) = lower(${name}) and id is distinct from ${besides}::bigint`.execute(db);
  return rows.length > 0;
}

interface NewWorkflow {
  readonly name: string;
  readonly folder: string;
  readonly ownerId: string;
  readonly draft: WorkflowDefinition;
}

export async function insertWorkflow(
  { db, clock, accountId }: Context,
  { name, folder, ownerId, draft }: NewWorkflow,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into workflow (account_id, name, folder, owner_id, draft, created_at, changed_at, changed_by)
    values (${accountId}, ${name}, ${folder}, ${ownerId}, ${JSON.stringify(draft)}::jsonb, ${clock.sql}, ${clock.sql},
      ${ownerId})
    returning id`.execute(db);
  return rows[0]?.id as string;
}

interface Changes {
  readonly name?: string | undefined;
  readonly folder?: string | undefined;
  readonly ownerId?: string;
  readonly state?: WorkflowState;
  readonly pauseReason?: string | null;
  readonly version?: number;
}

/** Writes what is given and leaves the rest as it is. */
export async function changeWorkflow(
  { db, clock, actor, accountId }: Context,
  workflowId: string,
  { name, folder, ownerId, state, pauseReason, version }: Changes,
): Promise<void> {
  await sql`update workflow set name = coalesce(${name ?? null}, name), folder = coalesce(${folder ?? null}, folder),
      owner_id = coalesce(${ownerId ?? null}::bigint, owner_id), state = coalesce(${state ?? null}, state),
      pause_reason = ${state === undefined ? sql`pause_reason` : (pauseReason ?? null)},
      version = coalesce(${version ?? null}::int, version), changed_at = ${clock.sql},
      changed_by = ${actor.type === "user" ? actor.id : null}::bigint
    where account_id = ${accountId} and id = ${workflowId}`.execute(db);
}

/** False when somebody else has saved since. */
export async function storeDraft(
  { db, clock, actor, accountId }: Context,
  { workflowId, revision, draft }: { workflowId: string; revision: number; draft: WorkflowDefinition },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update workflow set draft = ${JSON.stringify(draft)}::jsonb,
      revision = revision + 1, changed_at = ${clock.sql}, changed_by = ${actor.type === "user" ? actor.id : null}::bigint
    where account_id = ${accountId} and id = ${workflowId} and revision = ${revision}`.execute(db);
  return numAffectedRows === 1n;
}

/** Notes that those who meet its triggers are to be entered, but for whoever enters after this enrollment. */
export async function storeStanding(
  { db, accountId }: Context,
  workflowId: string,
  since: string,
): Promise<void> {
  await sql`update workflow set standing_since = ${since}
    where account_id = ${accountId} and id = ${workflowId}`.execute(db);
}

/** Takes that note: after which enrollment; null where there is none, or somebody else has taken it. */
export async function takeStanding({ db, accountId }: Context, workflowId: string): Promise<string | null> {
  const { rows } = await sql<{ since: string }>`
    with noted as (select id, standing_since from workflow
      where account_id = ${accountId} and id = ${workflowId} and standing_since is not null for update)
    update workflow w set standing_since = null from noted
      where w.account_id = ${accountId} and w.id = noted.id returning noted.standing_since as since`.execute(
    db,
  );
  return rows[0]?.since ?? null;
}

export async function forgetStanding(context: Context, workflowId: string): Promise<void> {
  await takeStanding(context, workflowId);
}

export async function insertVersion(
  { db, clock, actor, accountId }: Context,
  { workflowId, definition }: { workflowId: string; definition: WorkflowDefinition },
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into workflow_version (account_id, workflow_id, version, definition, made_at, made_by)
    select ${accountId}::bigint, ${workflowId}::bigint, coalesce(max(version), 0) + 1, ${JSON.stringify(definition)}::jsonb,
      ${clock.sql}, ${actor.type === "user" ? actor.id : null}::bigint
    from workflow_version where account_id = ${accountId} and workflow_id = ${workflowId}
    returning version`.execute(db);
  return rows[0]?.version ?? 1;
}

export async function storeDeletion({ db, clock, accountId }: Context, workflowId: string): Promise<void> {
  await sql`update workflow set deleted_at = ${clock.sql}, state = 'off'
    where account_id = ${accountId} and id = ${workflowId}`.execute(db);
}

interface Dismissal {
  readonly reason: string;
  /** Only these. */
  readonly contactIds?: readonly string[];
  /** Only who stands so. */
  readonly state?: "parked";
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Everybody inside leaves, with a word in the history and in the numbers of each step. Answers how many. */
export async function dismissAll(
  { db, clock, accountId }: Context,
  workflowId: string,
  { reason, contactIds, state, details = {} }: Dismissal,
): Promise<number> {
  const standing = state === undefined ? sql`` : sql`and state = ${state}`;
  const among = contactIds ? sql`and contact_id = any(${contactIds}::bigint[])` : sql``;
  const { rows } = await sql<{ gone: number }>`
    with gone as (
      update workflow_enrollment set state = 'left', reason = ${reason}, due_at = null, ended_at = ${clock.sql}
      where account_id = ${accountId} and workflow_id = ${workflowId} and ended_at is null ${among} ${standing}
      returning id, contact_id, version, step
    ), told as (
      insert into workflow_history (account_id, workflow_id, enrollment_id, contact_id, version, step, at, kind, outcome, details)
      select ${accountId}::bigint, ${workflowId}::bigint, id, contact_id, version, step, ${clock.sql}, 'left', ${reason}::text,
        ${JSON.stringify(details)}::jsonb
      from gone
    ), tally as (
      insert into workflow_tally as t (account_id, workflow_id, version, step, outcome, day, contacts)
      select ${accountId}::bigint, ${workflowId}::bigint, version, step, 'left',
        (${clock.sql} at time zone (select time_zone from account where id = ${accountId}))::date, count(*)
      from gone group by version, step order by version, step
      on conflict (account_id, workflow_id, version, step, outcome, day)
        do update set contacts = t.contacts + excluded.contacts
    )
    select count(*)::int as gone from gone`.execute(db);
  return rows[0]?.gone ?? 0;
}

interface KnownRow {
  readonly lists: { id: string; type: "static" | "active" }[];
  readonly workflows: string[];
}

/** What definitions may name: lists and workflows of the account. */
export async function selectKnown({ db, accountId }: Context): Promise<KnownRow> {
  const { rows } = await sql<KnownRow>`select
    (select coalesce(jsonb_agg(jsonb_build_object('id', id::text, 'type', type)), '[]') from list
      where account_id = ${accountId} and deleted_at is null and not hidden) as lists,
    (select coalesce(jsonb_agg(id::text), '[]') from workflow
      where account_id = ${accountId} and deleted_at is null) as workflows`.execute(db);
  return rows[0] ?? { lists: [], workflows: [] };
}

export interface VersionInfo {
  readonly version: number;
  readonly definition: unknown;
  readonly madeAt: Date;
  readonly madeBy: string | null;
  readonly inside: number;
}

export async function selectVersionInfos(
  { db, accountId }: Context,
  workflowId: string,
): Promise<VersionInfo[]> {
  const { rows } =
    await sql<VersionInfo>`select v.version, v.definition, v.made_at as "madeAt", u.name as "madeBy",
      (select count(*)::int from workflow_enrollment e where e.account_id = v.account_id
        and e.workflow_id = v.workflow_id and e.version = v.version and e.ended_at is null) as inside
    from workflow_version v left join app_user u on u.id = v.made_by
    where v.account_id = ${accountId} and v.workflow_id = ${workflowId} order by v.version desc`.execute(db);
  return rows;
}

/** Whether contact `c` has ever been in the workflow; of who may come again, whether it is in it now. */
export function hasBeenIn({ accountId }: Context, workflowId: string, again: boolean): RawBuilder<boolean> {
  const inside = again ? sql`and e.ended_at is null` : sql``;
  return sql<boolean>`exists (select from workflow_enrollment e where e.account_id = ${accountId}
    and e.contact_id = c.id and e.workflow_id = ${workflowId} ${inside})`;
}

/** How many living contacts, of all or of these, meet a condition about contact `c`. */
export async function countScope(
  { db, accountId }: Context,
  where: RawBuilder<boolean>,
  ids?: readonly string[],
): Promise<number> {
  const among = ids === undefined ? sql`` : sql`and c.id = any(${ids}::bigint[])`;
  const { rows } = await sql<{ contacts: number }>`select count(*)::int as contacts from contact c
    where c.account_id = ${accountId} and c.deleted_at is null ${among} and ${where}`.execute(db);
  return rows[0]?.contacts ?? 0;
}

/** Whether a select finds anybody. */
export async function isAnyone({ db }: Context, scope: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from (${scope}) s) as found`.execute(
    db,
  );
  return rows[0]?.found ?? false;
}

/** A select of id and until, worked out: the same as values. */
export async function becoming({ db }: Context, standing: RawBuilder<unknown>): Promise<RawBuilder<unknown>> {
  const { rows } = await sql<{ id: string; until: string | null }>`
    select id::text as id, until::text as until from (${standing}) s`.execute(db);
  return sql`select * from unnest(${rows.map(({ id }) => id)}::bigint[],
    ${rows.map(({ until }) => until)}::timestamptz[]) as s(id, until)`;
}
