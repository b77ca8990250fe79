import { type RawBuilder, sql } from "kysely";
import type { Plan } from "#contract/billing.ts";
import type { Context } from "#server/platform/context.ts";
import { isSuppressed } from "../suppressed.ts";
import type { RunningWorkflow } from "../workflow.ts";

/** Accounts in which a workflow is on although their plan is none of these. */
export async function selectBeyondPlan({ db }: Context, plans: readonly Plan[]): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`
    select distinct w.account_id as "accountId" from workflow w
    join billing_account b on b.account_id = w.account_id
    where w.state = 'on' and w.deleted_at is null and not b.plan = any(${plans}::text[])`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

export interface PausedWorkflow {
  readonly id: string;
  readonly name: string;
}

/** Pauses all that are on; nobody falls out. */
export async function pauseForPlan({ db, clock, accountId }: Context): Promise<PausedWorkflow[]> {
  const { rows } = await sql<PausedWorkflow>`update workflow
    set state = 'paused', pause_reason = 'plan', changed_at = ${clock.sql}, changed_by = null
    where account_id = ${accountId} and state = 'on' and deleted_at is null returning id, name`.execute(db);
  return rows;
}

/** Whether another workflow has changed anybody's status within a day: else nobody can be changed to and fro. */
export async function doOthersChangeStatus(
  { db, clock, accountId }: Context,
  workflowId: string,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from operation
    where account_id = ${accountId} and kind = any('{set_marketing,set_non_marketing}') and source_type = 'WORKFLOW'
      and params ? 'trickle' and source_id <> ${workflowId}
      and finished_at > ${clock.sql} - interval '24 hours') as found`.execute(db);
  return rows[0]?.found === true;
}

/** A step of a workflow that has changed a contact's status. */
export interface FlipStep {
  readonly workflowId: string;
  readonly name: string;
  readonly version: number;
  readonly step: string;
}

export interface FlipRow {
  readonly contactIds: string[];
  /** What has changed them, each once. */
  readonly by: FlipStep[];
}

/**
 * Those of the contacts that several workflows have changed three times within 24 hours, by what did it. The ledger
 * counts; what came before the contact was last stopped does not. `now` is the step that has just acted and stands in no
 * history yet.
 */
export async function selectFlips(
  { db, clock, accountId }: Context,
  { contactIds, now }: { contactIds: readonly string[]; now: FlipStep },
): Promise<FlipRow[]> {
  const { rows } = await sql<FlipRow>`
    with recent as (
      select m.contact_id, m.source_id, m.operation_id from marketing_change m
      where m.account_id = ${accountId} and m.contact_id = any(${contactIds}::bigint[])
        and m.source_type = 'WORKFLOW' and m.kind in ('set_marketing', 'scheduled', 'unscheduled')
        and m.recorded_at > ${clock.sql} - interval '24 hours'
        and not exists (select from workflow_stop s where s.account_id = m.account_id and s.contact_id = m.contact_id
          and s.workflow_id::text = m.source_id and s.at >= m.recorded_at)
    ), flipped as (
      select contact_id from recent group by contact_id having count(*) >= 3 and count(distinct source_id) >= 2
    ), acted as (
      select distinct h.contact_id, h.workflow_id, h.version, h.step
      from flipped f
      join recent r on r.contact_id = f.contact_id
      join workflow_history h on h.account_id = ${accountId} and h.contact_id = r.contact_id
        and h.operation_id = r.operation_id and h.kind = 'done'
      union select contact_id, ${now.workflowId}::bigint, ${now.version}::int, ${now.step}::text from flipped
    ), told as (
      select a.contact_id, jsonb_agg(jsonb_build_object('workflowId', a.workflow_id::text, 'name', w.name,
        'version', a.version, 'step', a.step) order by a.workflow_id, a.version, a.step) as by
      from acted a join workflow w on w.account_id = ${accountId} and w.id = a.workflow_id
      group by a.contact_id
    )
    select by, array_agg(contact_id order by contact_id)::text[] as "contactIds" from told group by by`.execute(
    db,
  );
  return rows;
}

/** Triggers bring these contacts in no more until another version is on. False when the workflow stopped somebody today. */
export async function insertStops(
  { db, clock, accountId }: Context,
  { workflowId, contactIds }: { workflowId: string; contactIds: readonly string[] },
): Promise<boolean> {
  const { rows } = await sql<{ isFirst: boolean }>`
    with known as (select exists (select from workflow_stop where account_id = ${accountId}
      and workflow_id = ${workflowId} and at > ${clock.sql} - interval '24 hours') as found),
    stopped as (
      insert into workflow_stop (account_id, workflow_id, contact_id, version, at)
      select ${accountId}::bigint, w.id, contact_id, w.version, ${clock.sql}
      from workflow w, unnest(${contactIds}::bigint[]) contact_id
      where w.account_id = ${accountId} and w.id = ${workflowId} and w.version is not null
      order by contact_id
      on conflict (account_id, workflow_id, contact_id) do update set version = excluded.version, at = excluded.at
    )
    select not found as "isFirst" from known`.execute(db);
  return rows[0]?.isFirst === true;
}

/** Says in the history of those who have been through already why they will not come again. */
export async function tellStopped(
  { db, clock, accountId }: Context,
  {
    workflowId,
    contactIds,
    details,
  }: { workflowId: string; contactIds: readonly string[]; details: Readonly<Record<string, unknown>> },
): Promise<void> {
  await sql`insert into workflow_history (account_id, workflow_id, enrollment_id, contact_id, version, step, at, kind,
      outcome, details)
    select distinct on (e.contact_id) e.account_id, e.workflow_id, e.id, e.contact_id, e.version, e.step, ${clock.sql},
      'info', 'flips', ${JSON.stringify(details)}::jsonb
    from workflow_enrollment e where e.account_id = ${accountId} and e.workflow_id = ${workflowId}
      and e.contact_id = any(${contactIds}::bigint[]) and e.reason is distinct from 'flips'
    order by e.contact_id, e.id desc`.execute(db);
}

/** What became of a raise that was held for each of these contacts: by what it ended, null while it waits. */
export async function selectHoldEnds(
  { db, accountId }: Context,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await sql<{ id: string; endedBy: string | null }>`
    select distinct on (contact_id) contact_id as id, ended_by as "endedBy" from held_raise
    where account_id = ${accountId} and contact_id = any(${contactIds}::bigint[])
    order by contact_id, id desc`.execute(db);
  return new Map(rows.map(({ id, endedBy }) => [id, endedBy]));
}

/** Accounts in which somebody waits for people's decision. */
export async function selectUndecided({ db }: Context): Promise<string[]> {
  const { rows } = await sql<{
    accountId: string;
  }>`select distinct account_id as "accountId" from workflow_enrollment
    where state = 'waiting' and due_at is null and reason in ('held', 'spike')`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

/** Lets those go on about whom people have decided. */
export async function wakeDecided({ db, clock, accountId }: Context): Promise<void> {
  await sql`update workflow_enrollment e set due_at = ${clock.sql}
    where e.account_id = ${accountId} and e.state = 'waiting' and e.due_at is null and (
      e.reason = 'held' and not exists (select from held_raise h where h.account_id = ${accountId}
        and h.contact_id = e.contact_id and h.ended_at is null)
      or e.reason = 'spike' and not exists (select from paused_source p where p.account_id = ${accountId}
        and p.source_type = 'WORKFLOW' and p.source_id = e.workflow_id::text and p.resumed_at is null))`.execute(
    db,
  );
}

interface Replayed {
  readonly states: readonly string[];
  readonly endedAt?: string | undefined;
  readonly contactIds?: readonly string[] | undefined;
}

/** Contacts whose last time in the workflow ended, or is parked, in one of these states. */
export function scopeOfReplay(
  { accountId }: Context,
  workflowId: string,
  { states, endedAt, contactIds }: Replayed,
): RawBuilder<unknown> {
  const among = contactIds === undefined ? sql`` : sql`and contact_id = any(${contactIds}::bigint[])`;
  const atStep = endedAt === undefined ? sql`` : sql`and step = ${endedAt}`;
  return sql`select contact_id as id from (
      select distinct on (contact_id) contact_id, state, step from workflow_enrollment
      where account_id = ${accountId} and workflow_id = ${workflowId} ${among} order by contact_id, id desc) latest
    where state = any(${states}::text[]) ${atStep}`;
}

/** Of these contacts, those that are parked and may begin again: others stay as they are. */
export async function selectReplayable(
  context: Context,
  { id: workflowId, definition }: RunningWorkflow,
  contactIds: readonly string[],
): Promise<string[]> {
  const { db, accountId } = context;
  const suppressed = await isSuppressed(context, definition.suppressionListIds);
  const { rows } = await sql<{ id: string }>`select e.contact_id as id from workflow_enrollment e
    join contact c on c.account_id = e.account_id and c.id = e.contact_id and c.deleted_at is null
    where e.account_id = ${accountId} and e.workflow_id = ${workflowId} and e.state = 'parked'
      and e.contact_id = any(${contactIds}::bigint[]) and not ${suppressed}
    order by e.id for update of e`.execute(db);
  return rows.map(({ id }) => id);
}

const DEFAULT_DAYS = 90;

export async function selectHistoryDays({ db, accountId }: Context): Promise<number> {
  const { rows } = await sql<{ days: number }>`select history_days as days from workflow_setting
    where account_id = ${accountId}`.execute(db);
  return rows[0]?.days ?? DEFAULT_DAYS;
}

export async function storeHistoryDays({ db, accountId }: Context, days: number): Promise<void> {
  await sql`insert into workflow_setting (account_id, history_days) values (${accountId}, ${days})
    on conflict (account_id) do update set history_days = excluded.history_days`.execute(db);
}

/** Accounts that have, or had, workflows. */
export async function selectWithHistory({ db }: Context): Promise<string[]> {
  const { rows } = await sql<{
    accountId: string;
  }>`select distinct account_id as "accountId" from workflow`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

/**
 * Deletes some thousands of the oldest rows of each workflow that are older than so many days. Rows are in the order in
 * which they were written, so nothing younger is read than the first that stays.
 */
export async function deleteHistory({ db, clock, accountId }: Context, days: number): Promise<number> {
  const { numAffectedRows } = await sql`delete from workflow_history h
    using workflow w, lateral (
      select oldest.id from (select o.id, o.at from workflow_history o
        where o.account_id = ${accountId} and o.workflow_id = w.id order by o.id limit ${FORGOTTEN_AT_ONCE}) oldest
      where oldest.at < ${clock.sql} - make_interval(days => ${days})
    ) old
    where w.account_id = ${accountId} and h.account_id = ${accountId} and h.workflow_id = w.id
      and h.id = old.id`.execute(db);
  return Number(numAffectedRows);
}

const FORGOTTEN_AT_ONCE = 5_000;
