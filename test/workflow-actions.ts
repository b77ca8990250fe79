import { sql } from "kysely";
import { type Step, type StepOf, workflowDefinition } from "#contract/workflow-definition.ts";
import { createList } from "#server/lists/definition/create-list.ts";
import { addToList } from "#server/lists/members/change-members.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";
import { partOf } from "#server/workflows/definition/split.ts";
import { enrollContacts } from "#server/workflows/enrollment/enroll-contacts.ts";
import { hearAll, listenTo } from "#server/workflows/triggers/hear-workflows.ts";
import type { RunningWorkflow } from "#server/workflows/workflow.ts";
import { buildContacts } from "./build.ts";
import { account, at, history, hours, running, states, work } from "./workflow.ts";

// Every type of action, each in an account of its own, and everything that it brings about there.

interface Made {
  readonly emptyList: string;
  readonly fullList: string;
  readonly other: RunningWorkflow;
}

export interface World extends Made {
  readonly action: Action;
  /** At the moment when the action is due. */
  readonly context: Context;
  readonly workflow: RunningWorkflow;
  readonly ids: readonly string[];
}

export interface Action {
  readonly name: string;
  readonly step: (made: Made) => object;
  /** Hours until the action is due, of those that wait first. */
  readonly after?: number;
  readonly before?: (context: Context, ids: readonly string[]) => Promise<unknown>;
  /** What happens to those who wait. */
  readonly happens?: (context: Context, ids: readonly string[]) => Promise<unknown>;
}

const delays = {
  "for a time": { kind: "passed", amount: 5, unit: "days" },
  "until a date": { kind: "date", date: "2026-11-20" },
  "until a date of the contact": { kind: "property", propertyName: "recent_conversion_date", days: 1 },
  "until a weekday": { kind: "weekday", weekdays: [1], time: "09:00" },
  "until something happens": {
    kind: "happening",
    happening: { type: "status_changed", to: "marketing" },
    limit: { amount: 5, unit: "days" },
    timedOut: "e",
  },
};
const delay = (until: object) => () => ({ type: "delay", until });

const raise = (context: Context, ids: readonly string[]) =>
  setMarketing(context, { ids, sourceType: "USER_SET" });

const city1 = { filterGroups: [{ filters: [{ propertyName: "city", operator: "EQ", value: "City 1" }] }] };
const parts = [
  { name: "one", percent: 50, next: "b" },
  { name: "two", percent: 50, next: "e" },
];

/** The receiver of webhooks is at `place`. */
export const actionsAt = (place: () => string): readonly Action[] => [
  { name: "set as marketing", step: () => ({ type: "set_status", value: "marketing" }) },
  {
    name: "set as non-marketing",
    step: () => ({ type: "set_status", value: "non_marketing" }),
    before: raise,
  },
  {
    name: "set property",
    step: () => ({ type: "set_property", propertyName: "city", value: "Kraków" }),
  },
  { name: "copy property", step: () => ({ type: "copy_property", from: "city", to: "jobtitle" }) },
  { name: "clear property", step: () => ({ type: "clear_property", propertyName: "city" }) },
  { name: "add to list", step: ({ emptyList }) => ({ type: "add_to_list", listId: emptyList }) },
  { name: "remove from list", step: ({ fullList }) => ({ type: "remove_from_list", listId: fullList }) },
  {
    name: "branch",
    step: () => ({ type: "branch", branches: [{ name: "one", filter: city1, next: "b" }], next: "e" }),
  },
  { name: "split", step: () => ({ type: "split", parts }) },
  ...Object.entries(delays).flatMap(([kind, until]) => [
    { name: `begin to wait ${kind}`, step: delay(until) },
    { name: `wait ${kind}`, step: delay(until), after: 6 * 24 },
  ]),
  {
    name: "wait until it has happened",
    step: delay(delays["until something happens"]),
    after: 1,
    happens: raise,
  },
  {
    name: "notify",
    step: () => ({ type: "notify", to: { owner: true }, title: "Look at {city}", mail: true }),
  },
  {
    name: "webhook",
    step: () => ({ type: "webhook", url: `http://${place()}/hook`, properties: ["city"] }),
  },
  { name: "enroll", step: ({ other }) => ({ type: "enroll", workflowId: other.id }) },
  { name: "go to", step: () => ({ type: "go_to", step: "b" }) },
  { name: "end", step: () => ({ type: "end" }) },
];

const end = { id: "e", type: "end" };
const then = { id: "b", type: "set_property", propertyName: "company", value: "After", next: "e" };

/** People who stand before the action at the moment when it is due. */
export async function begin(db: Database, action: Action, people: number): Promise<World> {
  const context = await account(db);
  const { accountId } = context;
  const ids = await buildContacts(db, accountId, people);
  await sql`update contact c set city = 'City ' || place % 3, recent_conversion_date = '2026-11-19'
    from unnest(${ids}::bigint[]) with ordinality as i(id, place)
    where c.account_id = ${accountId} and c.id = i.id`.execute(db);
  const listOf = async (name: string) =>
    (await createList(context, { name, type: "static", folderId: null })).list.id;
  const [emptyList, fullList] = [await listOf("Empty"), await listOf("Full")];
  const adding = { listId: fullList, ids, operationId: null, sourceType: "USER_SET", sourceId: null };
  await inTransaction(context, (context) => addToList(context, adding));
  const other = await running(context, { start: "e", steps: [end] });
  const made = { emptyList, fullList, other };
  await action.before?.(context, ids);
  const steps = [{ next: "b", ...action.step(made), id: "a" }, then, end];
  const workflow = await running(context, workflowDefinition.parse({ start: "a", steps }));
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  const due = at(context, hours(action.after ?? 0));
  if (action.after !== undefined) await work(context, workflow);
  if (action.happens) {
    const { id: workflowId, version, definition } = workflow;
    await listenTo(due, { workflowId, version, definition });
    await action.happens(due, ids);
    await hearAll(due);
  }
  return { ...made, action, context: due, workflow, ids };
}

/** Everything that a workflow may have brought about, without the ids and the tries. */
export async function broughtAbout(world: World): Promise<Record<string, unknown>> {
  const { context, workflow, other, emptyList, fullList } = world;
  const { db, accountId } = context;
  const { rows } = await sql<Record<string, unknown>>`select
    (select jsonb_object_agg(kind, n) from (select kind, count(*) as n from marketing_change
      where account_id = ${accountId} group by 1) k) as ledger,
    (select jsonb_object_agg(coalesce(city, '') || '/' || coalesce(jobtitle, '') || '/' || coalesce(company, ''), n)
      from (select city, jobtitle, company, count(*) as n
        from contact where account_id = ${accountId} group by 1, 2, 3) c) as contacts,
    (select count(*) from property_change where account_id = ${accountId}) as changes,
    (select count(*) from list_membership where account_id = ${accountId} and list_id = ${emptyList}) as added,
    (select count(*) from list_membership where account_id = ${accountId} and list_id = ${fullList}) as kept,
    (select jsonb_object_agg(mail, contacts) from (select mail, sum(coalesce((details ->> 'count')::int, 1)) as contacts
      from notice where account_id = ${accountId} group by 1) n) as notices,
    (select count(*) from notice where account_id = ${accountId})
      - (select count(*) from graphile_worker._private_jobs where payload ->> 'accountId' = ${accountId}) as unmailed,
    (select jsonb_agg(jsonb_build_array(kind, total, done, (select sum(contacts) from operation_outcome u
        where u.account_id = o.account_id and u.operation_id = o.id)) order by kind, total)
      from operation o where account_id = ${accountId}) as operations,
    (select jsonb_object_agg(step || outcome, contacts) from workflow_tally
      where account_id = ${accountId} and workflow_id = ${workflow.id}) as numbers,
    (select count(*) from (select from workflow_history where account_id = ${accountId}
      group by enrollment_id, step, kind, outcome having count(*) > 1) twice) as "saidTwice"`.execute(db);
  const { differences } = await verifyAccount(context);
  const [inside, told] = [await states(context, workflow), await history(context, workflow)];
  const brought = { ...rows[0], differences, inside, told, other: await states(context, other) };
  return world.action.name === "split" ? { ...(await bySplit(world, brought)) } : brought;
}

/** The split of each contact is its own, so how many go each way is as in another account only by chance. */
async function bySplit({ context, workflow, ids }: World, brought: Record<string, unknown>): Promise<object> {
  const step = workflow.definition.steps[0] as Step as StepOf<"split"> & { id: string };
  const first = ids.filter((contactId) => partOf(step, { workflowId: workflow.id, contactId }) === 0);
  const { rows } = await sql<{ id: string }>`select id from contact
    where account_id = ${context.accountId} and company is not null order by id`.execute(context.db);
  const [told, numbers] = [
    brought["told"] as Record<string, number>,
    brought["numbers"] as Record<string, number>,
  ];
  const asDecided = [told["a done 0"] ?? 0, numbers["a0"] ?? 0, told["b done edited"] ?? 0];
  return {
    strayed: rows.filter(({ id }) => !first.includes(id)).length + first.length - rows.length,
    miscounted: asDecided.filter((count) => count !== first.length),
    ended: [told["e finished"], brought["inside"]],
    saidTwice: brought["saidTwice"],
    differences: brought["differences"],
  };
}
