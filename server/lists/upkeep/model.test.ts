import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Condition, Filter } from "#contract/filters.ts";
import { deleteContacts } from "#server/contacts/deletion/delete-contacts.ts";
import { restoreContact } from "#server/contacts/deletion/restore-contacts.ts";
import { mergeContacts } from "#server/contacts/merge/merge-contacts.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { addContactFact, liftContactFact } from "#server/marketing-status/protection/change-facts.ts";
import { pinContact } from "#server/marketing-status/record/pin-contact.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { settleAccount } from "#server/marketing-status/status/settle-due-changes.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { convertList } from "../definition/convert-list.ts";
import { createList } from "../definition/create-list.ts";
import { updateList } from "../definition/update-list.ts";
import { addToList, removeFromList } from "../members/change-members.ts";
import { keepListsOf } from "./keep-lists.ts";

// Whatever happens to contacts, after the work every active list has exactly the contacts its filter finds afresh,
// every static one those that were put on it and live, and sizes are what a recount says.

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

const START = new Date("2026-03-27T21:30:00Z");
const PEOPLE = 5;

const is = (propertyName: string, operator: Condition["operator"], value?: string): Condition => ({
  propertyName,
  operator,
  ...(value === undefined ? {} : { value }),
});
const all = (...filters: Condition[]): Filter => ({ filterGroups: [{ filters }] });
const any = (...conditions: Condition[]): Filter => ({
  filterGroups: conditions.map((condition) => ({ filters: [condition] })),
});

interface Step {
  readonly do: keyof typeof acts;
  readonly who?: number;
  readonly pair?: readonly number[];
  readonly city?: string | null;
  readonly stage?: string | null;
  readonly days?: number | null;
  readonly pin?: "always" | "never" | null;
  readonly hours?: number;
}

const who = fc.nat(PEOPLE - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("edit" as const),
    who,
    city: fc.constantFrom("Lund", "Łódź", null),
    stage: fc.constantFrom("lead", "customer", null),
  }),
  fc.record({ do: fc.constant("convert" as const), who, days: fc.option(fc.integer({ min: -3, max: 3 })) }),
  fc.record({
    do: fc.constantFrom(
      "raise" as const,
      "lower" as const,
      "delete" as const,
      "restore" as const,
      "protect" as const,
      "lift" as const,
    ),
    who,
  }),
  fc.record({
    do: fc.constant("merge" as const),
    pair: fc.uniqueArray(who, { minLength: 2, maxLength: 2 }),
  }),
  fc.record({
    do: fc.constant("pin" as const),
    who,
    pin: fc.constantFrom("always" as const, "never" as const, null),
  }),
  fc.record({ do: fc.constantFrom("add" as const, "remove" as const), who }),
  fc.record({ do: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    do: fc.constantFrom("settle" as const, "work" as const, "arrive" as const, "refilter" as const),
  }),
);

interface World {
  context: Context;
  now: Date;
  readonly people: string[];
  readonly chosen: string;
  readonly active: string[];
  steps: number;
}

async function begin(): Promise<World> {
  const accountId = await buildAccount(database.db, { renewalOn: "2026-01-29" });
  const context = buildContext(database.db, { accountId, clock: fixedClock(START) });
  const chosen = (await make(context, "Chosen", null)).list.id;
  const lund = (await make(context, "Lund", all(is("city", "EQ", "lund")))).list.id;
  const filters: Filter[] = [
    any(is("lifecyclestage", "EQ", "customer"), is("hs_marketable_status", "EQ", "true")),
    all(is("hs_marketable_until_renewal", "EQ", "true")),
    all(is("recent_conversion_date", "IN_LAST_DAYS", "2"), is("city", "HAS_PROPERTY")),
    all(is("recent_conversion_date", "NOT_IN_LAST_DAYS", "1")),
    any(is("recent_conversion_date", "IN_NEXT_DAYS", "1"), is("marketing.pin", "EQ", "always")),
    all(is("marketing.protected", "EQ", "false"), is("city", "NEQ", "lund")),
    all(is("lists", "IN_LIST", chosen), is("lists", "NOT_IN_LIST", lund)),
    any(is("lists", "IN_LIST", lund), is("hs_additional_emails", "HAS_PROPERTY")),
    { filterGroups: [] },
  ];
  const active = [lund];
  for (const [index, filter] of filters.entries()) {
    active.push((await make(context, `List ${index}`, filter)).list.id);
  }
  active.push((await make(context, "Second hand", all(is("lists", "NOT_IN_LIST", active[1])))).list.id);
  const people: string[] = [];
  const world = { context, now: START, people, chosen, active, steps: 0 };
  for (let i = 0; i < PEOPLE; i++) await arrive(world);
  await finish(world);
  return world;
}

function make(context: Context, name: string, filter: Filter | null) {
  return createList(context, {
    name,
    type: filter ? "active" : "static",
    folderId: null,
    ...(filter ? { filter } : {}),
  });
}

async function arrive({ context, people }: World): Promise<void> {
  const email = `p${people.length}@example.test`;
  const marketing = people.length % 2 === 0;
  const { id } = await createContact(context, { properties: { email, city: "Lund" }, marketing });
  await converted(context, id, new Date(START.getTime() + ((people.length % 4) - 1) * 86_400_000));
  people.push(id);
}

async function converted({ accountId }: Context, id: string, at: Date | null): Promise<void> {
  await sql`update contact set recent_conversion_date = ${at}::timestamptz
    where account_id = ${accountId} and id = ${id}`.execute(database.db);
}

const source = { sourceType: "USER_SET" } as const;

/** What a step means: `id` is the contact it is about. */
const acts = {
  edit: ({ context }: World, { city = null, stage = null }: Step, contactId: string) =>
    updateContact(context, { contactId, properties: { city, lifecyclestage: stage } }),
  convert: ({ context, now }: World, { days }: Step, id: string) =>
    converted(context, id, typeof days === "number" ? new Date(now.getTime() + days * 86_400_000) : null),
  raise: ({ context }: World, _: Step, id: string) =>
    setMarketing(context, { ids: [id], includeProtected: true, ...source }),
  lower: ({ context }: World, _: Step, id: string) => setNonMarketing(context, { ids: [id], ...source }),
  delete: ({ context }: World, _: Step, id: string) =>
    deleteContacts(context, { ids: [id], operationId: null, sourceId: null, ...source }),
  restore: ({ context }: World, _: Step, contactId: string) => restoreContact(context, { contactId }),
  protect: ({ context }: World, _: Step, contactId: string) =>
    addContactFact(context, { contactId, kind: "opt_out", reason: "" }),
  lift: ({ context }: World, _: Step, contactId: string) =>
    liftContactFact(context, { contactId, kind: "opt_out" }),
  merge: ({ context, people }: World, { pair = [] }: Step) => {
    const [winnerId = "", loserId = ""] = pair.map((index) => people[index]);
    return mergeContacts(context, { winnerId, loserId });
  },
  pin: ({ context }: World, { pin = null }: Step, contactId: string) =>
    pinContact(context, { contactId, pin }),
  add: ({ context, chosen }: World, _: Step, id: string) =>
    addToList(context, {
      listId: chosen,
      ids: [id],
      operationId: null,
      sourceType: "USER_SET",
      sourceId: null,
    }),
  remove: ({ context, chosen }: World, _: Step, id: string) =>
    removeFromList(context, { listId: chosen, ids: [id], operationId: null }),
  arrive,
  refilter: ({ context, active, steps }: World) => {
    const filter = all(is("city", "EQ", steps % 2 === 0 ? "łódź" : "lund"));
    return updateList(context, { listId: active[0] as string, filter });
  },
  settle: ({ context }: World) => settleAccount(context),
  work: ({ context }: World) => keepListsOf(context),
  wait: (world: World, { hours = 0 }: Step) => {
    world.now = new Date(world.now.getTime() + hours * 3_600_000);
    world.context = { ...world.context, clock: fixedClock(world.now) };
    return Promise.resolve();
  },
} as const;

/** Steps that make no sense where they come (restoring the living) are refused and change nothing. */
async function tryStep(world: World, step: Step): Promise<void> {
  world.steps++;
  try {
    await acts[step.do](world, step, world.people[step.who ?? 0] as string);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

async function members({ context }: World, listId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select contact_id::text as id from list_membership
    where account_id = ${context.accountId} and list_id = ${listId} order by contact_id`.execute(database.db);
  return rows.map(({ id }) => id);
}

async function fresh(context: Context, filter: Filter): Promise<string[]> {
  const scope = await selectContacts(context, { filter, query: "" });
  const { rows } = await sql<{
    id: string;
  }>`select id::text from (${scope}) s order by s.id`.execute(database.db);
  return rows.map(({ id }) => id);
}

async function finish(world: World): Promise<void> {
  await settleAccount(world.context);
  for (let i = 0; await keepListsOf(world.context); i++) {
    if (i > 500) throw new Error("The work never ends");
  }
}

async function check(world: World): Promise<void> {
  const { context } = world;
  const { rows } = await sql<{ id: string; name: string; filter: Filter; members: string }>`
    select id::text, name, filter, members::text from list where account_id = ${context.accountId}`.execute(
    database.db,
  );
  for (const { id, name, filter, members: size } of rows) {
    const now = await members(world, id);
    expect([name, now.length]).toEqual([name, Number(size)]);
    expect([name, now]).toEqual([name, filter ? await fresh(context, filter) : now]);
  }
  expect(await fresh(context, all(is("lists", "IN_LIST", world.chosen)))).toEqual(
    await members(world, world.chosen),
  );
}

test("after random histories every list has whom its filter finds, and sizes are right", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const world = await begin();
      for (const next of steps) await tryStep(world, next);
      // Even before the work, a filter that names a list finds whom that list's own filter finds.
      const [lund, customers] = world.active as [string, string];
      for (const listId of [lund, customers]) {
        const { rows } = await sql<{ filter: Filter }>`select filter from list
          where account_id = ${world.context.accountId} and id = ${listId}`.execute(database.db);
        expect(await fresh(world.context, all(is("lists", "IN_LIST", listId)))).toEqual(
          await fresh(world.context, rows[0]?.filter as Filter),
        );
      }
      await finish(world);
      await check(world);
      await convertList(world.context, { listId: world.active[2] as string });
      await finish(world);
      await check(world);
    }),
    { numRuns: 15 },
  );
}, 300_000);
