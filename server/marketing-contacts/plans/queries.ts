import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { CleanupChoice } from "../wizard/cleanup-choice.ts";
import type { Timing } from "./cleanup-plan.ts";

export type PausedReason = "hand" | "permission" | "plan" | "choice";

export interface PlanRow extends Timing {
  readonly id: string;
  readonly name: string;
  readonly choice: CleanupChoice;
  readonly ownerId: string;
  readonly state: "on" | "paused";
  readonly pausedReason: PausedReason | null;
  readonly onSince: Date;
}

const columns = sql`id, name, choice, owner_id as "ownerId", state, paused_reason as "pausedReason",
  on_since as "onSince", jsonb_build_object('amount', run_before, 'unit', run_unit) as "runBefore",
  jsonb_build_object('amount', notice_before, 'unit', notice_unit) as "noticeBefore"`;

interface NewPlan extends Timing {
  readonly name: string;
  readonly choice: CleanupChoice;
}

/** Null when the name is taken. */
export async function insertPlan(context: Context, plan: NewPlan, ownerId: string): Promise<string | null> {
  const { db, clock, accountId } = context;
  const { runBefore, noticeBefore } = plan;
  const { rows } = await sql<{ id: string }>`
    insert into cleanup_plan (account_id, name, choice, owner_id, run_before, run_unit, notice_before, notice_unit,
      on_since, created_at, updated_at)
    values (${accountId}, ${plan.name}, ${JSON.stringify(plan.choice)}::jsonb, ${ownerId}, ${runBefore.amount},
      ${runBefore.unit}, ${noticeBefore.amount}, ${noticeBefore.unit}, ${clock.sql}, ${clock.sql}, ${clock.sql})
    on conflict (account_id, lower(name)) do nothing returning id`.execute(db);
  return rows[0]?.id ?? null;
}

/** Writes the plan as it is to be; false when the name is another plan's. */
export async function updatePlan({ db, clock, accountId }: Context, plan: PlanRow): Promise<boolean> {
  const { runBefore, noticeBefore } = plan;
  const { numAffectedRows } = await sql`
    update cleanup_plan p set name = ${plan.name}, owner_id = ${plan.ownerId}, state = ${plan.state},
      paused_reason = ${plan.pausedReason}, on_since = ${plan.onSince}::timestamptz,
      run_before = ${runBefore.amount}, run_unit = ${runBefore.unit},
      notice_before = ${noticeBefore.amount}, notice_unit = ${noticeBefore.unit}, updated_at = ${clock.sql}
    where account_id = ${accountId} and id = ${plan.id} and not exists (select from cleanup_plan o
      where o.account_id = p.account_id and o.id <> p.id and lower(o.name) = lower(${plan.name}))`.execute(
    db,
  );
  return numAffectedRows === 1n;
}

export async function removePlan({ db, accountId }: Context, planId: string): Promise<void> {
  await sql`delete from cleanup_run where account_id = ${accountId} and plan_id = ${planId}`.execute(db);
  await sql`delete from cleanup_plan where account_id = ${accountId} and id = ${planId}`.execute(db);
}

export async function selectPlans({ db, accountId }: Context): Promise<PlanRow[]> {
  const { rows } = await sql<PlanRow>`select ${columns} from cleanup_plan where account_id = ${accountId}
    order by name collate "und-x-icu", id`.execute(db);
  return rows;
}

/** Held until the transaction ends. `skip`: undefined when somebody else holds it. */
export async function lockPlan(
  { db, accountId }: Context,
  planId: string,
  held: "wait" | "skip",
): Promise<PlanRow | undefined> {
  const lock = held === "wait" ? sql`for update` : sql`for update skip locked`;
  const { rows } = await sql<PlanRow>`select ${columns} from cleanup_plan
    where account_id = ${accountId} and id = ${planId} ${lock}`.execute(db);
  return rows[0];
}

export async function selectAccountsWithPlans({ db }: Context): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`
    select distinct p.account_id as "accountId" from cleanup_plan p
    join account a on a.id = p.account_id and a.closed_at is null
    where p.state = 'on' order by 1`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

type RunState = "announced" | "skipped" | "done" | "missed" | "paused";

export interface RunRow {
  readonly planId: string;
  readonly updateAt: Date;
  readonly state: RunState;
  readonly announced: number | null;
  readonly announcedAt: Date | null;
  readonly runAt: Date;
  readonly operationId: string | null;
  readonly scheduled: number | null;
  readonly reason: string | null;
}

const RUNS_SHOWN = 12;

/** The latest runs of each plan, newest first, with what their operations have scheduled. */
export async function selectRuns({ db, accountId }: Context): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select r.plan_id as "planId", r.update_at as "updateAt", r.state, r.announced, r.announced_at as "announcedAt",
      r.run_at as "runAt", r.operation_id as "operationId", r.reason,
      case when r.operation_id is not null then (select coalesce(sum(o.contacts), 0)::int from operation_outcome o
        where o.account_id = r.account_id and o.operation_id = r.operation_id and o.outcome = 'scheduled') end as scheduled
    from (select *, row_number() over (partition by plan_id order by update_at desc) as place
      from cleanup_run where account_id = ${accountId}) r
    where r.place <= ${RUNS_SHOWN} order by r.plan_id, r.update_at desc`.execute(db);
  return rows;
}

interface NewRun {
  readonly planId: string;
  readonly updateAt: Date;
  readonly runAt: Date;
  readonly state: RunState;
  readonly announced?: number;
  readonly reason?: string;
}

/** True for the one who wrote it: there is one run for each plan and update instant. */
export async function insertRun(context: Context, run: NewRun): Promise<boolean> {
  const { db, clock, actor, accountId } = context;
  const announcedAt = run.announced === undefined ? sql`null` : clock.sql;
  const endedAt = run.state === "announced" ? sql`null` : clock.sql;
  const { numAffectedRows } = await sql`
    insert into cleanup_run (account_id, plan_id, update_at, state, announced_at, announced, run_at, ended_at, ended_by,
      reason)
    values (${accountId}, ${run.planId}, ${run.updateAt}::timestamptz, ${run.state}, ${announcedAt}::timestamptz,
      ${run.announced ?? null}, ${run.runAt}::timestamptz, ${endedAt}::timestamptz, ${actor.id}, ${run.reason ?? null})
    on conflict (account_id, plan_id, update_at) do nothing`.execute(db);
  return numAffectedRows === 1n;
}

export async function selectRun(
  { db, accountId }: Context,
  planId: string,
  updateAt: Date,
): Promise<{ state: RunState; runAt: Date } | undefined> {
  const { rows } = await sql<{
    state: RunState;
    runAt: Date;
  }>`select state, run_at as "runAt" from cleanup_run
    where account_id = ${accountId} and plan_id = ${planId} and update_at = ${updateAt}::timestamptz`.execute(
    db,
  );
  return rows[0];
}

interface RunEnd {
  readonly planId: string;
  readonly updateAt: Date;
  readonly state: RunState;
  readonly operationId?: string;
  readonly reason?: string;
}

/** Ends what was announced; true when it was still announced. */
export async function endRun({ db, clock, actor, accountId }: Context, run: RunEnd): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update cleanup_run set state = ${run.state}, ended_at = ${clock.sql}, ended_by = ${actor.id},
      operation_id = ${run.operationId ?? null}::bigint, reason = ${run.reason ?? null}
    where account_id = ${accountId} and plan_id = ${run.planId} and update_at = ${run.updateAt}::timestamptz
      and state = 'announced'`.execute(db);
  return numAffectedRows === 1n;
}

interface RunByHand {
  readonly planId: string;
  readonly updateAt: Date;
  readonly runAt: Date;
  readonly operationId: string;
}

/** The run before this update is done, whatever had been said of it; false when an operation has done it already. */
export async function writeRunByHand(context: Context, run: RunByHand): Promise<boolean> {
  const { db, clock, actor, accountId } = context;
  const { numAffectedRows } = await sql`
    insert into cleanup_run as r (account_id, plan_id, update_at, state, run_at, operation_id, ended_at, ended_by)
    values (${accountId}, ${run.planId}, ${run.updateAt}::timestamptz, 'done', ${run.runAt}::timestamptz,
      ${run.operationId}::bigint, ${clock.sql}, ${actor.id})
    on conflict (account_id, plan_id, update_at) do update set state = 'done', reason = null,
      operation_id = excluded.operation_id, ended_at = excluded.ended_at, ended_by = excluded.ended_by
    where r.operation_id is null`.execute(db);
  return numAffectedRows === 1n;
}

/** Forgets a run that has not been carried out, so that it is announced anew. */
export async function forgetRun({ db, accountId }: Context, planId: string, updateAt: Date): Promise<void> {
  await sql`delete from cleanup_run where account_id = ${accountId} and plan_id = ${planId}
    and update_at = ${updateAt}::timestamptz and state in ('announced', 'skipped', 'paused')`.execute(db);
}

/** Announced runs whose update has passed without them. */
export async function selectOverdue({ db, clock, accountId }: Context, planId: string): Promise<Date[]> {
  const { rows } = await sql<{ updateAt: Date }>`select update_at as "updateAt" from cleanup_run
    where account_id = ${accountId} and plan_id = ${planId} and state = 'announced' and update_at <= ${clock.sql}
    order by 1`.execute(db);
  return rows.map(({ updateAt }) => updateAt);
}

/** Whether the account's calendar was changed after this instant, at which there was no update then. */
export async function isOfOtherCalendar({ db, accountId }: Context, updateAt: Date): Promise<boolean> {
  const { rows } = await sql`select from billing_clock
    where account_id = ${accountId} and done_until > ${updateAt}::timestamptz`.execute(db);
  return rows.length > 0;
}
