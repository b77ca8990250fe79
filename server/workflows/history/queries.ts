import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

const contactName = sql`coalesce(nullif(concat_ws(' ', c.firstname, c.lastname), ''), c.email, '')`;

export interface EnrollmentRow {
  readonly id: string;
  readonly contactId: string;
  readonly name: string;
  readonly email: string | null;
  readonly deleted: boolean;
  readonly version: number;
  readonly state: "active" | "waiting" | "retrying" | "parked" | "finished" | "left";
  readonly step: string;
  readonly reason: string | null;
  /** What its reason was filled with, such as what a receiver answered. */
  readonly details: Record<string, unknown> | null;
  readonly dueAt: Date | null;
  readonly tries: number;
  readonly enrolledAt: Date;
  readonly endedAt: Date | null;
  readonly cause: string;
  readonly workflowId: string;
  readonly workflowName: string;
  readonly workflowDeleted: boolean;
}

/** A claimed one is active to people: it is being worked on this moment. */
const enrollmentColumns = sql`e.id, e.contact_id as "contactId", ${contactName} as name, c.email,
  c.id is null or c.deleted_at is not null as deleted, e.version,
  case when e.state = 'working' then 'active' else e.state end as state, e.step, e.reason,
  case when e.state = 'working' then null else e.due_at end as "dueAt", e.tries,
  e.enrolled_at as "enrolledAt", e.ended_at as "endedAt", e.cause, w.id as "workflowId", w.name as "workflowName",
  w.deleted_at is not null as "workflowDeleted"`;

/** A page of enrollments with what their reasons are filled with, looked up for those of the page only. */
const withDetails = ({ accountId }: Context, page: RawBuilder<unknown>) => sql<EnrollmentRow>`
  select p.*, case when p.reason is null then null else (select h.details from workflow_history h
      where h.account_id = ${accountId} and h.contact_id = p."contactId" and h.workflow_id = p."workflowId"
        and h.enrollment_id = p.id and h.outcome = p.reason order by h.id desc limit 1) end as details
  from (${page}) p`;

const enrollmentSources = ({ accountId }: Context) => sql`workflow_enrollment e
  join workflow w on w.account_id = e.account_id and w.id = e.workflow_id
  left join contact c on c.account_id = ${accountId} and c.id = e.contact_id`;

interface EnrollmentPage {
  readonly workflowId: string;
  readonly state?: EnrollmentRow["state"] | undefined;
  readonly step?: string | undefined;
  /** About contact `c`. */
  readonly who?: RawBuilder<boolean> | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Those inside are found among those inside, however many have been through. */
function isIn(state: EnrollmentRow["state"]): RawBuilder<unknown> {
  if (state === "finished" || state === "left") return sql`e.state = ${state}`;
  const states = state === "active" ? ["active", "working"] : [state];
  return sql`e.state = any(${states}::text[]) and e.ended_at is null`;
}

export async function selectEnrollments(context: Context, page: EnrollmentPage): Promise<EnrollmentRow[]> {
  const parts: RawBuilder<unknown>[] = [
    sql`e.account_id = ${context.accountId}`,
    sql`e.workflow_id = ${page.workflowId}`,
  ];
  if (page.state !== undefined) parts.push(isIn(page.state));
  if (page.step !== undefined) parts.push(sql`e.step = ${page.step}`);
  if (page.who !== undefined) parts.push(page.who);
  if (page.after !== undefined) parts.push(sql`e.id < ${page.after}`);
  const found = sql`select ${enrollmentColumns} from ${enrollmentSources(context)}
    where ${sql.join(parts, sql` and `)} order by e.id desc limit ${page.limit}`;
  const { rows } = await sql<EnrollmentRow>`${withDetails(context, found)} order by p.id desc`.execute(
    context.db,
  );
  return rows;
}

export async function selectEnrollmentsOf(context: Context, contactId: string): Promise<EnrollmentRow[]> {
  const found = sql`select ${enrollmentColumns} from ${enrollmentSources(context)}
    where e.account_id = ${context.accountId} and e.contact_id = ${contactId}
    order by e.enrolled_at desc, e.id desc limit 50`;
  const { rows } =
    await sql<EnrollmentRow>`${withDetails(context, found)} order by p."enrolledAt" desc, p.id desc`.execute(
      context.db,
    );
  return rows;
}

export interface HistoryRow {
  readonly id: string;
  readonly enrollmentId: string;
  readonly contactId: string;
  readonly name: string;
  readonly deleted: boolean;
  readonly workflowId: string;
  readonly workflowName: string;
  readonly version: number;
  readonly step: string;
  readonly action: string | null;
  readonly at: Date;
  readonly kind: "enrolled" | "done" | "info" | "parked" | "finished" | "left";
  readonly outcome: string;
  readonly attempt: number;
  readonly details: Record<string, unknown>;
  readonly operationId: string | null;
}

interface HistoryPage {
  readonly workflowId?: string | undefined;
  readonly step?: string | undefined;
  readonly kind?: HistoryRow["kind"] | undefined;
  readonly outcome?: string | undefined;
  readonly contactId?: string | undefined;
  /** About contact `c`. */
  readonly who?: RawBuilder<boolean> | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export async function selectHistory(context: Context, page: HistoryPage): Promise<HistoryRow[]> {
  const { db, accountId } = context;
  const parts: RawBuilder<unknown>[] = [sql`h.account_id = ${accountId}`];
  if (page.workflowId !== undefined) parts.push(sql`h.workflow_id = ${page.workflowId}`);
  if (page.step !== undefined) parts.push(sql`h.step = ${page.step}`);
  if (page.kind !== undefined) parts.push(sql`h.kind = ${page.kind}`);
  if (page.outcome !== undefined) parts.push(sql`h.outcome = ${page.outcome}`);
  if (page.contactId !== undefined) parts.push(sql`h.contact_id = ${page.contactId}`);
  if (page.who !== undefined) parts.push(page.who);
  if (page.after !== undefined) parts.push(sql`h.id < ${page.after}`);
  const { rows } = await sql<HistoryRow>`
    select h.id, h.enrollment_id as "enrollmentId", h.contact_id as "contactId", ${contactName} as name,
      c.id is null or c.deleted_at is not null as deleted, w.id as "workflowId", w.name as "workflowName", h.version,
      h.step, (select s.step ->> 'type' from workflow_version v, jsonb_array_elements(v.definition -> 'steps') s(step)
        where v.account_id = h.account_id and v.workflow_id = h.workflow_id and v.version = h.version
          and s.step ->> 'id' = h.step) as action,
      h.at, h.kind, h.outcome, h.attempt, h.details, h.operation_id as "operationId"
    from workflow_history h
    join workflow w on w.account_id = h.account_id and w.id = h.workflow_id
    left join contact c on c.account_id = h.account_id and c.id = h.contact_id
    where ${sql.join(parts, sql` and `)} order by h.id desc limit ${page.limit}`.execute(db);
  return rows;
}

export interface StepNumber {
  readonly step: string;
  readonly outcome: string;
  readonly contacts: number;
}

/** How many went through each step of a version with each outcome; who was retried is there with the result. */
export async function selectStepNumbers(
  { db, accountId }: Context,
  { workflowId, version }: { workflowId: string; version: number },
): Promise<StepNumber[]> {
  const { rows } =
    await sql<StepNumber>`select step, outcome, sum(contacts)::int as contacts from workflow_tally
    where account_id = ${accountId} and workflow_id = ${workflowId} and version = ${version}
      and outcome <> 'retrying'
    group by step, outcome order by step, outcome`.execute(db);
  return rows;
}

export interface InsideNumber {
  readonly step: string;
  readonly version: number;
  readonly state: EnrollmentRow["state"];
  readonly contacts: number;
}

/** Who stands where now, by the version that they are in. */
export async function selectInside({ db, accountId }: Context, workflowId: string): Promise<InsideNumber[]> {
  const { rows } = await sql<InsideNumber>`
    select step, version, case when state = 'working' then 'active' else state end as state, count(*)::int as contacts
    from workflow_enrollment where account_id = ${accountId} and workflow_id = ${workflowId} and ended_at is null
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows;
}

export interface DayNumber {
  readonly day: string;
  readonly enrolled: number;
  readonly finished: number;
  readonly left: number;
  readonly retrying: number;
  readonly parked: number;
  readonly active: number;
}

const summed = (outcome: string) =>
  sql`(coalesce(sum(contacts) filter (where outcome = ${outcome}), 0))::int`;

/** Who entered is noted before the first step: a step that enrolls in another workflow has the same outcome. */
const entered = sql`(coalesce(sum(contacts) filter (where outcome = 'enrolled' and step = ''), 0))::int`;

/** Every day up to today, as many as asked for, from the first on which something happened. */
export async function selectDays(
  { db, clock, accountId }: Context,
  { workflowId, days }: { workflowId: string; days: number },
): Promise<DayNumber[]> {
  const { rows } = await sql<DayNumber>`
    with daily as (
      select day, ${entered} as enrolled, ${summed("finished")} as finished, ${summed("left")} as "left",
        ${summed("retrying")} as retrying, ${summed("parked")} as parked
      from workflow_tally where account_id = ${accountId} and workflow_id = ${workflowId} group by day
    ), today as (
      select (${clock.sql} at time zone (select time_zone from account where id = ${accountId}))::date as day
    ), calendar as (
      select generate_series((select min(day) from daily), (select day from today), '1 day')::date as day
    ), filled as (
      select c.day, coalesce(enrolled, 0) as enrolled, coalesce(finished, 0) as finished, coalesce("left", 0) as "left",
        coalesce(retrying, 0) as retrying, coalesce(parked, 0) as parked,
        (sum(coalesce(enrolled - finished - "left", 0)) over (order by c.day))::int as active
      from calendar c left join daily on daily.day = c.day
    )
    select day::text, enrolled, finished, "left", retrying, parked, active from filled
    where day > (select day from today) - ${days}::int order by day`.execute(db);
  return rows;
}

export interface TotalNumbers {
  readonly enrolled: number;
  readonly finished: number;
  readonly left: number;
}

export async function selectTotals({ db, accountId }: Context, workflowId: string): Promise<TotalNumbers> {
  const { rows } = await sql<TotalNumbers>`
    select ${entered} as enrolled, ${summed("finished")} as finished, ${summed("left")} as "left"
    from workflow_tally where account_id = ${accountId} and workflow_id = ${workflowId}`.execute(db);
  return rows[0] ?? { enrolled: 0, finished: 0, left: 0 };
}

interface DefinitionRow {
  readonly workflowId: string;
  readonly version: number;
  readonly definition: unknown;
}

/** What these versions do, in pairs of workflow and version. */
export async function selectDefinitions(
  { db, accountId }: Context,
  versions: readonly { readonly workflowId: string; readonly version: number }[],
): Promise<DefinitionRow[]> {
  const ids = versions.map(({ workflowId }) => workflowId);
  const numbers = versions.map(({ version }) => version);
  const { rows } = await sql<DefinitionRow>`
    select v.workflow_id as "workflowId", v.version, v.definition from workflow_version v
    where v.account_id = ${accountId} and (v.workflow_id, v.version) in (
      select * from unnest(${ids}::bigint[], ${numbers}::int[]))`.execute(db);
  return rows;
}

interface Parked {
  readonly workflowId: string;
  readonly step?: string | undefined;
  readonly enrollmentIds?: readonly string[] | undefined;
}

/** Contacts that are parked, held until the transaction ends. */
export async function lockParked(
  { db, accountId }: Context,
  { workflowId, step }: Omit<Parked, "enrollmentIds">,
): Promise<string[]> {
  const atStep = step === undefined ? sql`` : sql`and step = ${step}`;
  const { rows } = await sql<{ id: string }>`select contact_id as id from workflow_enrollment
    where account_id = ${accountId} and workflow_id = ${workflowId} and state = 'parked' ${atStep}
    order by id for update`.execute(db);
  return rows.map(({ id }) => id);
}

/** Lets parked contacts try again now; answers how many. */
export async function releaseParked(
  { db, clock, accountId }: Context,
  { workflowId, step, enrollmentIds }: Parked,
  outsideSteps: readonly string[],
): Promise<number> {
  const atStep = step === undefined ? sql`` : sql`and step = ${step}`;
  const among = enrollmentIds === undefined ? sql`` : sql`and id = any(${enrollmentIds}::bigint[])`;
  const { numAffectedRows } = await sql`update workflow_enrollment
    set state = 'active', due_at = ${clock.sql}, reason = null, crashes = 0, tries = 0,
      outside = step = any(${outsideSteps}::text[])
    where account_id = ${accountId} and workflow_id = ${workflowId} and state = 'parked' ${atStep} ${among}`.execute(
    db,
  );
  return Number(numAffectedRows);
}
