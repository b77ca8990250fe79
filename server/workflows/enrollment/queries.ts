import { type RawBuilder, sql } from "kysely";
import type { Step } from "#contract/workflow-definition.ts";
import type { Context } from "#server/platform/context.ts";
import { isOutside } from "../execution/step-act.ts";
import { isSuppressed } from "../suppressed.ts";
import type { RunningWorkflow } from "../workflow.ts";

export interface NewEnrollment {
  readonly workflow: RunningWorkflow;
  readonly ids: readonly string[];
  /** A trigger's place, `manual`, `api`, `workflow`, `replay`. */
  readonly cause: string;
  /** Contacts that have been through may come again. */
  readonly again: boolean;
  /** But not those who have entered after this enrollment. */
  readonly since?: string | undefined;
  /** The action before which they stand at once. */
  readonly firstStep?: Step | undefined;
  /** Where it begins, if not at the start. */
  readonly beginsAt?: string;
}

export interface EnrolledGroup {
  readonly outcome: string;
  readonly ids: string[];
}

/** So often in 24 hours do other workflows enter a contact: workflows that enter each other's contacts would never end. */
const MOST_BY_WORKFLOWS = 25;

/** What would become of each: columns id, outcome. */
async function asked(
  context: Context,
  { workflow, ids, cause, again, since }: NewEnrollment,
): Promise<RawBuilder<unknown>> {
  const { accountId, clock } = context;
  const suppressed = await isSuppressed(context, workflow.definition.suppressionListIds);
  return sql`select i.id, case
        when c.id is null then 'missing'
        when e.inside then 'already_in'
        when ${cause !== "manual" && cause !== "replay"} and exists (select from workflow_stop s where s.account_id = ${accountId}
          and s.workflow_id = ${workflow.id} and s.contact_id = i.id and s.version = ${workflow.version}) then 'stopped'
        when ${cause === "workflow"} and e.lately >= ${MOST_BY_WORKFLOWS}::int then 'stopped'
        when e.been and (${!again} or e.last > ${since ?? null}::bigint) then 'been_before'
        when ${suppressed} then 'suppressed'
        else 'enrolled' end as outcome
      from unnest(${ids}::bigint[]) i(id)
      left join contact c on c.account_id = ${accountId} and c.id = i.id and c.deleted_at is null
      left join lateral (select true as been, max(e.id) as last, bool_or(e.ended_at is null) as inside,
          count(*) filter (where e.cause = 'workflow' and e.enrolled_at > ${clock.sql} - interval '24 hours') as lately
        from workflow_enrollment e
        where e.account_id = ${accountId} and e.contact_id = i.id and e.workflow_id = ${workflow.id}
        having count(*) > 0) e on true`;
}

/**
 * Enters contacts by one statement, with their history and the workflow's numbers; answers what became of each.
 * A contact that somebody else enters at the same moment is `already_in`.
 */
export async function insertEnrollments(
  context: Context,
  enrollment: NewEnrollment,
): Promise<EnrolledGroup[]> {
  const { db, clock, accountId } = context;
  const { workflow, cause, firstStep, beginsAt = null } = enrollment;
  const outside = firstStep !== undefined && isOutside(firstStep);
  const { rows } = await sql<EnrolledGroup>`
    with asked as materialized (${await asked(context, enrollment)}),
    entered as (
      insert into workflow_enrollment (account_id, workflow_id, contact_id, version, state, step, outside,
        begins_at, due_at, cause, enrolled_at)
      select ${accountId}::bigint, ${workflow.id}::bigint, id, ${workflow.version}::int, 'active', ${firstStep?.id ?? ""}::text,
        ${outside}::boolean, ${beginsAt}::text,
        ${clock.sql}, ${cause}::text, ${clock.sql}
      from asked where outcome = 'enrolled' order by id
      on conflict (account_id, workflow_id, contact_id) where ended_at is null do nothing
      returning id as enrollment_id, contact_id
    ),
    history as (
      insert into workflow_history (account_id, workflow_id, enrollment_id, contact_id, version, step, at, kind, outcome, details)
      select ${accountId}::bigint, ${workflow.id}::bigint, enrollment_id, contact_id, ${workflow.version}::int, '',
        ${clock.sql}, 'enrolled', ${cause}::text, ${JSON.stringify(beginsAt === null ? {} : { beginsAt })}::jsonb
      from entered
    ),
    tally as (
      insert into workflow_tally as t (account_id, workflow_id, version, step, outcome, day, contacts)
      select ${accountId}::bigint, ${workflow.id}::bigint, ${workflow.version}::int, '', 'enrolled',
        (${clock.sql} at time zone (select time_zone from account where id = ${accountId}))::date, count(*)
      from entered having count(*) > 0
      on conflict (account_id, workflow_id, version, step, outcome, day)
        do update set contacts = t.contacts + excluded.contacts
    )
    select case when outcome = 'enrolled' and e.contact_id is null then 'already_in' else outcome end as outcome,
      array_agg(a.id order by a.id) as ids
    from asked a left join entered e on e.contact_id = a.id
    group by 1`.execute(db);
  return rows;
}

/** The last enrollment there is: what enters from now on comes after it. */
export async function selectLastEnrollment({ db }: Context): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(pg_sequence_last_value('workflow_enrollment_id_seq'), 0) as id`.execute(db);
  return rows[0]?.id ?? "0";
}
