import { type RawBuilder, sql } from "kysely";
import type { Judgement } from "#server/filters/explain-filter.ts";
import type { Context } from "#server/platform/context.ts";
import { selectLastSignal } from "../triggers/queries.ts";
import type { Enrolled, Entry, Move, Values } from "./enrolled.ts";
import { batchSize, CLAIM_SECONDS, MAX_CRASHES } from "./retry.ts";

export interface DueWorkflow {
  readonly accountId: string;
  readonly workflowId: string;
}

/** Workflows that have something to do now, in every account: one look at an index each. */
export async function selectDueWorkflows(
  { db, clock }: Context,
  { outside }: { outside: boolean },
): Promise<DueWorkflow[]> {
  const { rows } = await sql<DueWorkflow>`
    select w.account_id as "accountId", w.id as "workflowId" from workflow w
    cross join lateral (select e.due_at from workflow_enrollment e
      where e.account_id = w.account_id and e.workflow_id = w.id and e.outside = ${outside}
        and e.due_at <= ${clock.sql}
      order by e.due_at limit 1) due
    where w.state = 'on' and w.deleted_at is null
    order by due.due_at`.execute(db);
  return rows;
}

const crashesNow = sql`e.crashes + (e.state = 'working')::int`;

/**
 * Takes contacts whose time has come, as many as may be worked together: those that stand first, and only such as have
 * seen as many workers die. What another worker is taking is left to it. Rows are found again by where they lie and by nothing
 * else: many who have just entered are unknown to the planner, who would compare each with each.
 */
export async function claimDue(
  { db, clock, accountId }: Context,
  { workflowId, outside }: { workflowId: string; outside: boolean },
): Promise<Enrolled[]> {
  const due = sql`e.account_id = ${accountId} and e.workflow_id = ${workflowId} and e.outside = ${outside}
    and e.due_at <= ${clock.sql} and exists (select from workflow w where w.account_id = ${accountId}
      and w.id = ${workflowId} and w.state = 'on' and w.deleted_at is null)`;
  const first = await sql<{ crashes: number }>`select ${crashesNow} as crashes from workflow_enrollment e
    where ${due} order by e.due_at, e.id limit 1`.execute(db);
  const crashes = first.rows[0]?.crashes;
  if (crashes === undefined) return [];
  const { rows } = await sql<Enrolled>`
    with due as (
      select e.ctid from workflow_enrollment e where ${due} and ${crashesNow} = ${crashes}
      order by e.due_at, e.id limit ${batchSize(crashes, outside)} for update skip locked
    )
    update workflow_enrollment e set state = 'working', claim = e.claim + 1, crashes = ${crashes},
      due_at = ${clock.sql} + make_interval(secs => ${CLAIM_SECONDS})
    where e.ctid = any(array(select ctid from due))
    returning e.id, e.contact_id as "contactId", e.version, e.step, e.begins_at as "beginsAt", e.claim, e.crashes, e.tries,
      coalesce(e.because, e.reason) as reason, e.arrived`.execute(db);
  return rows;
}

const claimed = (batch: readonly Enrolled[]): RawBuilder<unknown> => {
  const ids = batch.map(({ id }) => id);
  const claims = batch.map(({ claim }) => claim);
  return sql`unnest(${ids}::bigint[], ${claims}::int[]) as held(id, claim)`;
};

/** Shows that the worker lives. */
export async function renewClaims(
  { db, clock, accountId }: Context,
  workflowId: string,
  batch: readonly Enrolled[],
): Promise<void> {
  await sql`update workflow_enrollment e set due_at = ${clock.sql} + make_interval(secs => ${CLAIM_SECONDS})
    from ${claimed(batch)} where e.account_id = ${accountId} and e.workflow_id = ${workflowId} and e.id = held.id
      and e.claim = held.claim and e.state = 'working'`.execute(db);
}

/** Those of the batch whose claim still stands, held until the transaction ends. */
export async function lockClaimed(
  { db, accountId }: Context,
  workflowId: string,
  batch: readonly Enrolled[],
): Promise<ReadonlySet<string>> {
  const ids = batch.map(({ id }) => id);
  const { rows } = await sql<{ id: string; claim: number }>`select e.id, e.claim from workflow_enrollment e
    where e.account_id = ${accountId} and e.workflow_id = ${workflowId} and e.id = any(${ids}::bigint[])
      and e.state = 'working'
    order by e.id for update`.execute(db);
  const claims = new Map(batch.map(({ id, claim }) => [id, claim]));
  return new Set(rows.filter(({ id, claim }) => claims.get(id) === claim).map(({ id }) => id));
}

export async function isOn({ db, accountId }: Context, workflowId: string): Promise<boolean> {
  const { rows } = await sql`select from workflow where account_id = ${accountId} and id = ${workflowId}
    and state = 'on' and deleted_at is null`.execute(db);
  return rows.length > 0;
}

/** Has the planner know how many have come. */
export async function refreshEnrollments({ db }: Context): Promise<void> {
  await sql`select refresh_statistics(array['workflow_enrollment'])`.execute(db);
}

interface Whereabouts {
  readonly id: string;
  /** Who the contact is now: itself, the survivor of a merge, or null when it is gone. */
  readonly contactId: string | null;
}

/** Enrollments whose contact does not live under its id any more. */
export async function selectGone(
  { db, accountId }: Context,
  batch: readonly Enrolled[],
): Promise<Whereabouts[]> {
  const ids = batch.map(({ id }) => id);
  const contacts = batch.map(({ contactId }) => contactId);
  const { rows } = await sql<Whereabouts>`
    select e.id, survivor.id as "contactId" from unnest(${ids}::bigint[], ${contacts}::bigint[]) as e(id, contact_id)
    left join contact c on c.account_id = ${accountId} and c.id = e.contact_id and c.deleted_at is null
    left join merged_contact m on m.account_id = ${accountId} and m.merged_id = e.contact_id
    left join contact survivor on survivor.account_id = ${accountId} and survivor.id = m.contact_id
      and survivor.deleted_at is null
    where c.id is null`.execute(db);
  return rows;
}

/** Lets survivors of merges go on in place of who was merged; only those who are not in the workflow themselves. */
export async function followSurvivors(
  { db, accountId }: Context,
  workflowId: string,
  moved: readonly { readonly id: string; readonly contactId: string }[],
): Promise<Whereabouts[]> {
  const ids = moved.map(({ id }) => id);
  const contacts = moved.map(({ contactId }) => contactId);
  const { rows } = await sql<Whereabouts>`
    update workflow_enrollment e set contact_id = m.contact_id
    from (select distinct on (contact_id) id, contact_id
      from unnest(${ids}::bigint[], ${contacts}::bigint[]) as m(id, contact_id) order by contact_id, id) m
    where e.account_id = ${accountId} and e.workflow_id = ${workflowId} and e.id = m.id
      and not exists (select from workflow_enrollment own where own.account_id = ${accountId}
        and own.workflow_id = ${workflowId} and own.contact_id = m.contact_id and own.ended_at is null
        and own.id <> e.id)
    returning e.id, e.contact_id as "contactId"`.execute(db);
  return rows;
}

/** Which of these contacts fit a condition about contact `c`. */
export async function selectMatching(
  { db, accountId }: Context,
  contactIds: readonly string[],
  where: RawBuilder<boolean>,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select c.id from contact c
    where c.account_id = ${accountId} and c.id = any(${contactIds}::bigint[]) and ${where}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export interface Judged {
  readonly id: string;
  readonly met: boolean;
  readonly read: Values;
}

/** Whether each of these contacts fits a condition about contact `c`, and the values (a JSON object) that it reads. */
export async function judge(
  { db, accountId }: Context,
  contactIds: readonly string[],
  { where, read }: Judgement,
): Promise<Judged[]> {
  const { rows } = await sql<Judged>`select c.id, (${where}) is true as met, ${read} as read from contact c
    where c.account_id = ${accountId} and c.id = any(${contactIds}::bigint[])`.execute(db);
  return rows;
}

/** Which of these are marketing contacts now, waiting ones included. */
export async function selectMarketing(
  { db, clock, accountId }: Context,
  contactIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select contact_id as id from marketing_contact
    where account_id = ${accountId} and contact_id = any(${contactIds}::bigint[]) and until > ${clock.sql}`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Writes where enrollments go from here; the caller holds them. */
export async function moveEnrollments(
  { db, clock, accountId }: Context,
  workflowId: string,
  moves: readonly Move[],
): Promise<void> {
  // Asked before the writing statement looks who is still writing: what is noted in between comes after it.
  const last = moves.some(({ state }) => state === "waiting") ? await selectLastSignal({ db }) : "0";
  for (const move of moves) {
    const { ids, step, state, dueAt, outside = false, reason = null } = move;
    const endedAt = state === "finished" || state === "left" ? clock.sql : sql`null`;
    await sql`update workflow_enrollment set step = ${step}, state = ${state}, due_at = ${dueAt},
        outside = ${outside}, reason = ${reason}, ended_at = ${endedAt}, ${sql.join(standing(move, last))}
      where account_id = ${accountId} and workflow_id = ${workflowId} and id = any(${ids}::bigint[])`.execute(
      db,
    );
  }
}

/** What an enrollment knows of its stay at a step: kept while it is there, begun anew where it comes. */
function standing({ state, failed, stays, apart }: Move, lastSignal: string): RawBuilder<unknown>[] {
  const decided = sql`because = coalesce(because, case when reason in ('happened', 'held') then reason end)`;
  const crashes = apart ? sql`crashes = least(crashes + 1, ${MAX_CRASHES - 1}::int)` : sql`crashes = 0`;
  if (stays) return [crashes, decided];
  if (failed) return [crashes, decided, sql`tries = tries + 1`];
  const arrives = [crashes, sql`because = null`, sql`tries = 0`, sql`arrived = claim`];
  if (state !== "waiting") return arrives;
  const open = sql`nullif(array(select pg_snapshot_xip(pg_current_snapshot())), '{}')`;
  return [...arrives, sql`waits_from = ${lastSignal}::bigint`, sql`waits_open = ${open}`];
}

interface Recorded {
  readonly workflowId: string;
  readonly version: number;
  /** Local day of the account, `YYYY-MM-DD`. */
  readonly day: string;
  readonly entries: readonly Entry[];
}

/** Adds to the history and to the numbers of each step; steps in order, so that workers do not lock crosswise. */
export async function recordEntries(context: Context, recorded: Recorded): Promise<void> {
  const { db, clock, accountId } = context;
  const { workflowId, version, day } = recorded;
  for (const { ids, step, kind, outcome, details, read, operationId } of recorded.entries) {
    const own = read && ids.map((id) => JSON.stringify({ read: read.get(id) ?? {} }));
    const shared = sql`${JSON.stringify(details ?? {})}::jsonb`;
    const detailsSql = own ? sql`${shared} || own.details` : shared;
    const readSql = own
      ? sql`join unnest(${ids}::bigint[], ${own}::jsonb[]) own(id, details) on own.id = e.id`
      : sql``;
    await sql`insert into workflow_history (account_id, workflow_id, enrollment_id, contact_id, version, step, at,
        kind, outcome, attempt, details, operation_id)
      select ${accountId}::bigint, ${workflowId}::bigint, e.id, e.contact_id, ${version}::int, ${step}::text, ${clock.sql},
        ${kind}::text, ${outcome}::text, e.tries + 1, ${detailsSql}, ${operationId ?? null}::bigint
      from workflow_enrollment e ${readSql}
      where e.account_id = ${accountId} and e.workflow_id = ${workflowId} and e.id = any(${ids}::bigint[])`.execute(
      db,
    );
  }
  const numbers = totals(recorded.entries);
  if (numbers.length === 0) return;
  await sql`insert into workflow_tally as t (account_id, workflow_id, version, step, outcome, day, contacts)
    select ${accountId}::bigint, ${workflowId}::bigint, ${version}::int, step, outcome, ${day}::date, contacts
    from jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb) as n(step text, outcome text, contacts bigint)
    order by step, outcome
    on conflict (account_id, workflow_id, version, step, outcome, day)
      do update set contacts = t.contacts + excluded.contacts`.execute(db);
}

/** A try that will be repeated is no result: only how many begin to be retried is counted. */
function totals(entries: readonly Entry[]): { step: string; outcome: string; contacts: number }[] {
  const counted = new Map<string, { step: string; outcome: string; contacts: number }>();
  for (const { ids, step, kind, outcome, first } of entries) {
    if (kind === "info" && !first) continue;
    const name = kind === "done" ? outcome : kind === "info" ? "retrying" : kind;
    const key = `${step}:${name}`;
    const contacts = (counted.get(key)?.contacts ?? 0) + ids.length;
    counted.set(key, { step, outcome: name, contacts });
  }
  return [...counted.values()];
}
