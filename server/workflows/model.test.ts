import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deleteContact } from "#server/contacts/deletion/delete-contacts.ts";
import { restoreContact } from "#server/contacts/deletion/restore-contacts.ts";
import { mergeContacts } from "#server/contacts/merge/merge-contacts.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { createList } from "#server/lists/definition/create-list.ts";
import { addToList, removeFromList } from "#server/lists/members/change-members.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, at, hours, turnedOn, work } from "#test/workflow.ts";
import { type Rules, type Step, WorkflowModel } from "#test/workflow-model.ts";
import { enrollContacts } from "./enrollment/enroll-contacts.ts";
import { unenroll } from "./history/retry-parked.ts";
import { hearAll } from "./triggers/hear-workflows.ts";
import type { RunningWorkflow } from "./workflow.ts";

// Entering and leaving against the model of test/workflow-model.ts, step by step through random histories.

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const PEOPLE = 4;
const who = fc.nat(PEOPLE - 1);
const pair = fc.uniqueArray(who, { minLength: 2, maxLength: 2 });
const weighed = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const of = <Name extends string>(name: Name) => fc.record({ do: fc.constant(name), who });

const step: fc.Arbitrary<Step> = fc.oneof(
  weighed(4, of("enroll")),
  weighed(
    4,
    fc.record({ do: fc.constant("city" as const), who, value: fc.constantFrom("Lund", "Out", "Malmö") }),
  ),
  weighed(
    2,
    fc.record({ do: fc.constant("company" as const), who, value: fc.constantFrom("Goal", "Other") }),
  ),
  weighed(2, of("suppress")),
  weighed(2, of("release")),
  weighed(2, of("unenroll")),
  weighed(3, of("delete")),
  weighed(3, of("restore")),
  weighed(3, fc.record({ do: fc.constant("merge" as const), pair })),
  weighed(
    4,
    fc.record({
      do: fc.constant("wait" as const),
      hours: fc.oneof(fc.integer({ min: -30, max: 60 }), fc.constantFrom(24, 48)),
    }),
  ),
);
const rules: fc.Arbitrary<Rules> = fc.record({
  manual: fc.boolean(),
  on: fc.subarray([0, 1]),
});

const having = (propertyName: string, value: string) => ({
  filterGroups: [{ filters: [{ propertyName, operator: "EQ", value }] }],
});

interface World {
  context: Context;
  readonly workflow: RunningWorkflow;
  readonly listId: string;
  readonly ids: string[];
}

async function begin({ manual, on }: Rules): Promise<World> {
  const context = await account(database.db);
  const { list } = await createList(context, { name: "Never", type: "static", folderId: null });
  const workflow = await turnedOn(context, {
    triggers: [
      { type: "contact_created" },
      { type: "property_changed", propertyName: "city", value: "Lund" },
    ],
    reenroll: { manual, on },
    suppressionListIds: [list.id],
    goal: having("company", "Goal"),
    unenroll: having("city", "Out"),
    start: "d",
    steps: [{ id: "d", type: "delay", until: { kind: "passed", amount: 48, unit: "hours" } }],
  });
  const ids: string[] = [];
  for (let i = 0; i < PEOPLE; i++) ids.push((await createContact(context, { properties: {} })).id);
  return { context, workflow, listId: list.id, ids };
}

type Person = Extract<Step, { who: number }>;
type Act = (world: World, contactId: string, value: string) => Promise<unknown>;

const onList = ({ listId }: World, contactId: string) => ({ listId, ids: [contactId], operationId: null });
const write =
  (name: string): Act =>
  ({ context }, contactId, value) =>
    updateContact(context, { contactId, properties: { [name]: value } });

const acts: Record<Person["do"], Act> = {
  enroll: ({ context, workflow }, id) => enrollContacts(context, { workflow, ids: [id], cause: "manual" }),
  unenroll: ({ context, workflow }, id) => unenroll(context, { workflowId: workflow.id, contactIds: [id] }),
  city: write("city"),
  company: write("company"),
  suppress: (world, id) =>
    inTransaction(world.context, (context) =>
      addToList(context, { ...onList(world, id), sourceType: "USER_SET", sourceId: null }),
    ),
  release: (world, id) =>
    inTransaction(world.context, (context) => removeFromList(context, onList(world, id))),
  delete: ({ context }, contactId) => deleteContact(context, { contactId }),
  restore: ({ context }, contactId) => restoreContact(context, { contactId }),
};

/** What the step does in the product. */
async function act(world: World, step: Step): Promise<void> {
  const idOf = (person: number | undefined) => world.ids[person ?? -1] ?? "";
  if (step.do === "merge") {
    const [winner, loser] = step.pair;
    await mergeContacts(world.context, { winnerId: idOf(winner), loserId: idOf(loser) });
  } else if (step.do !== "wait") {
    await acts[step.do](world, idOf(step.who), "value" in step ? step.value : "");
  }
}

/** Every time somebody was in the workflow, as the model writes it. */
async function seen({ context, workflow, ids }: World): Promise<string[]> {
  const { rows } = await sql<{ contactId: string; state: string; reason: string | null }>`
    select contact_id as "contactId", state, reason from workflow_enrollment
    where account_id = ${context.accountId} and workflow_id = ${workflow.id}`.execute(context.db);
  return rows
    .map(({ contactId, state, reason }) => `${ids.indexOf(contactId)} ${state} ${reason ?? ""}`.trim())
    .toSorted();
}

/** What the numbers say must be what happened. */
async function counted({ context, workflow }: World): Promise<void> {
  const { rows } = await sql<{ outcome: string; told: number; numbered: number }>`
    select outcome, coalesce(h.n, 0)::int as told, coalesce(t.n, 0)::int as numbered
    from (select kind as outcome, count(*) as n from workflow_history
      where account_id = ${context.accountId} and workflow_id = ${workflow.id}
        and kind in ('enrolled', 'finished', 'left') group by 1) h
    full join (select outcome, sum(contacts) as n from workflow_tally
      where account_id = ${context.accountId} and workflow_id = ${workflow.id}
        and outcome in ('enrolled', 'finished', 'left') group by 1) t using (outcome)`.execute(context.db);
  for (const { told, numbered } of rows) expect(numbered).toBe(told);
}

test("entering, leaving and coming again is what the model says", async () => {
  await fc.assert(
    fc.asyncProperty(rules, fc.array(step, { minLength: 5, maxLength: 25 }), async (rules, steps) => {
      const world = await begin(rules);
      const { context } = world;
      const model = new WorkflowModel(rules, PEOPLE);
      let hour = 0;
      const settle = async () => {
        world.context = at(context, hours(hour));
        await hearAll(world.context);
        await work(world.context, world.workflow);
        model.settle(hour);
      };
      await settle();
      for (const step of steps) {
        if (!model.mayTake(step)) continue;
        if (step.do === "wait") hour += step.hours;
        await act({ ...world, context: at(context, hours(hour)) }, step);
        model.take(step, hour);
        await settle();
        expect({ step, hour, seen: await seen(world) }).toEqual({ step, hour, seen: model.seen() });
      }
      await counted(world);
    }),
    { numRuns: 12 },
  );
}, 120_000);
