import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Filter } from "#contract/filters.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { startStatus } from "#server/marketing-status/bulk/start-status.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { settleAccount } from "#server/marketing-status/status/settle-due-changes.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { fixedClock } from "#server/platform/clock.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { keepAll, makeList, membersOf, run, where } from "#test/lists.ts";
import { updateList } from "../definition/update-list.ts";
import { startAdding } from "../members/start-change.ts";
import { showList } from "../overview/show-list.ts";
import { keepLists, keepListsOf } from "./keep-lists.ts";

let database: FreshDatabase;
let context: Context;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  context = buildContext(database.db, { accountId: await buildAccount(database.db, { tier: 50_000 }) });
});

const inLund = where("city", "EQ", "lund");

async function fresh(filter: Filter): Promise<string[]> {
  const scope = await selectContacts(context, { filter, query: "" });
  const { rows } = await sql<{ id: string }>`select id::text from (${scope}) s order by s.id`.execute(
    database.db,
  );
  return rows.map(({ id }) => id);
}

async function touches(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from list_touch
    where account_id = ${context.accountId}`.execute(database.db);
  return rows[0]?.n ?? 0;
}

async function events(type: string): Promise<{ listId: string; contactIds: string[] }[]> {
  const { rows } = await sql<{ details: { listId: string; contactIds: string[] } }>`select details from event
    where account_id = ${context.accountId} and type = ${type} order by id`.execute(database.db);
  return rows.map(({ details }) => details);
}

const setCity = (ids: readonly string[], city: string) =>
  sql`update contact set city = ${city} where account_id = ${context.accountId}
    and id = any(${ids}::bigint[])`.execute(database.db);

describe("what nobody reads costs nothing", () => {
  test("no list, no touch; and only columns that some list reads", async () => {
    const [id = ""] = await buildContacts(database.db, context.accountId, 1);
    await setCity([id], "Lund");
    expect(await touches()).toBe(0);
    await makeList(context);
    await setCity([id], "Umeå");
    expect(await touches()).toBe(0);
    await makeList(context, inLund);
    await updateContact(context, { contactId: id, properties: { company: "Tallmark" } });
    expect(await touches()).toBe(0);
    await setCity([id], "Lund");
    expect(await touches()).toBe(1);
  });

  test("another account's changes are not noted here", async () => {
    await makeList(context, inLund);
    const other = buildContext(database.db, { accountId: await buildAccount(database.db) });
    await createContact(other, { properties: { city: "Lund" }, marketing: false });
    expect(await touches()).toBe(0);
    await keepAll(context);
  });
});

describe("joining and leaving", () => {
  test("are one event for each list and batch, with the contacts", async () => {
    const ids = await buildContacts(database.db, context.accountId, 30);
    const listId = await makeList(context, inLund);
    await keepAll(context);
    await setCity(ids, "Lund");
    await keepAll(context);
    await setCity(ids.slice(0, 10), "Umeå");
    await keepAll(context);
    expect(await events("list.joined")).toEqual([{ listId, contactIds: ids }]);
    expect(await events("list.left")).toEqual([{ listId, contactIds: ids.slice(0, 10) }]);
  });

  test("follow a mass change in a few steps, also through lists that name lists and static ones", async () => {
    const ids = await buildContacts(database.db, context.accountId, 12_000);
    const chosen = await makeList(context);
    const city = await makeList(context, inLund);
    const both = await makeList(context, {
      filterGroups: [
        {
          filters: [
            { propertyName: "lists", operator: "IN_LIST", values: [city] },
            { propertyName: "lists", operator: "IN_LIST", values: [chosen] },
          ],
        },
      ],
    });
    await keepAll(context);
    await setCity(ids, "Lund");
    await run(context, startAdding(context, { listId: chosen, selection: { filter: inLund, query: "" } }));
    let steps = 0;
    while (await keepListsOf(context)) steps++;
    expect(steps).toBeLessThan(10);
    expect((await showList(context, { listId: both })).members).toBe(12_000);
    const many = {
      selection: { filter: inLund, query: "" },
      to: "marketing" as const,
      includeProtected: true,
    };
    const marketing = await makeList(context, where("hs_marketable_status", "EQ", "true"));
    await keepAll(context);
    await run(context, startStatus(context, { ...many, expect: 12_000 }));
    await keepAll(context);
    expect((await showList(context, { listId: marketing })).members).toBe(12_000);
  }, 180_000);
});

describe("an update instant", () => {
  test("shows the list as updating until what it ended is settled", async () => {
    const [id = ""] = await buildContacts(database.db, context.accountId, 1);
    const before = new Date("2026-04-30T12:00:00Z");
    context = { ...context, clock: fixedClock(before) };
    await run(
      context,
      startStatus(context, { selection: { ids: [id] }, to: "marketing", includeProtected: true, expect: 1 }),
    );
    await setNonMarketing(context, { ids: [id], sourceType: "USER_SET" });
    const listId = await makeList(context, where("hs_marketable_status", "EQ", "true"));
    await keepAll(context);
    expect(await showList(context, { listId })).toMatchObject({ members: 1, updating: false });
    context = { ...context, clock: fixedClock(new Date("2026-05-01T00:00:00Z")) };
    expect(await showList(context, { listId })).toMatchObject({ members: 1, updating: true });
    expect(await fresh(where("lists", "IN_LIST", listId))).toEqual([]);
    await settleAccount(context);
    await keepAll(context);
    expect(await showList(context, { listId })).toMatchObject({ members: 0, updating: false });
  });
});

// Clocks go forward in Stockholm in the night to 29 March 2026.
const at = (instant: string) => ({ ...context, clock: fixedClock(new Date(instant)) });
const convertedAt = async (...instants: string[]): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
      insert into contact (account_id, recent_conversion_date, createdate, lastmodifieddate)
      select ${context.accountId}, at, now(), now() from unnest(${instants}::timestamptz[]) at returning id::text`.execute(
    database.db,
  );
  return rows.map(({ id }) => id);
};

test("change at the account's midnight, on the night of 23 hours too, looking only at who crossed", async () => {
  const [, lastOf27 = "", firstOf28 = "", lastOf28 = "", firstOf29 = ""] = await convertedAt(
    "2026-03-20T12:00:00Z",
    "2026-03-27T22:59:59Z",
    "2026-03-27T23:00:00Z",
    "2026-03-28T22:59:59Z",
    "2026-03-28T23:00:00Z",
  );
  context = at("2026-03-28T22:59:00Z");
  const listId = await makeList(context, where("recent_conversion_date", "IN_LAST_DAYS", "1"));
  await keepAll(context);
  expect(await membersOf(context, listId)).toEqual([lastOf27, firstOf28, lastOf28]);
  context = at("2026-03-28T23:00:00Z");
  expect((await showList(context, { listId })).updating).toBe(true);
  await keepAll(context);
  expect(await membersOf(context, listId)).toEqual([firstOf28, lastOf28, firstOf29]);
  context = at("2026-03-29T21:59:00Z");
  expect(await keepListsOf(context)).toBe(false);
  context = at("2026-03-29T22:00:00Z");
  await keepAll(context);
  expect(await membersOf(context, listId)).toEqual([firstOf29]);
  expect((await events("list.left")).map(({ contactIds }) => contactIds)).toEqual([
    [lastOf27],
    [firstOf28, lastOf28],
  ]);
});

test("catch up over days that nobody worked", async () => {
  await convertedAt("2026-03-01T12:00:00Z", "2026-03-08T12:00:00Z", "2026-03-20T12:00:00Z");
  context = at("2026-03-08T12:00:00Z");
  const filter = where("recent_conversion_date", "NOT_IN_LAST_DAYS", "3");
  const listId = await makeList(context, filter);
  await keepAll(context);
  context = at("2026-03-22T12:00:00Z");
  await keepAll(context);
  expect(await membersOf(context, listId)).toEqual(await fresh(filter));
});

test("mean other instants when the account moves to another zone", async () => {
  const [id] = await convertedAt("2026-03-27T23:30:00Z");
  context = at("2026-03-28T12:00:00Z");
  const filter = where("recent_conversion_date", "EQ", "2026-03-28");
  const listId = await makeList(context, filter);
  await keepAll(context);
  expect(await membersOf(context, listId)).toEqual([id]);
  await sql`update account set time_zone = 'America/New_York' where id = ${context.accountId}`.execute(
    database.db,
  );
  await keepAll(context);
  expect(await membersOf(context, listId)).toEqual([]);
});

test("two at once, while contacts change: nothing is lost and nothing doubled", async () => {
  const ids = await buildContacts(database.db, context.accountId, 200);
  const lists = [
    await makeList(context, inLund),
    await makeList(context, where("hs_marketable_status", "EQ", "true")),
    await makeList(context, where("company", "HAS_PROPERTY")),
  ];
  const written = new AbortController();
  const workers = [1, 2].map(async () => {
    while (!written.signal.aborted) await keepLists(context);
  });
  const writers = [0, 1, 2, 3].map(async (seed) => {
    for (let round = 0; round < 25; round++) {
      const some = ids.filter((_, index) => (index * 7 + seed * 3 + round) % 5 === 0);
      await setCity(some.toSorted(), round % 2 === 0 ? "Lund" : "Umeå");
      const contactId = ids[(seed * 31 + round * 17) % ids.length] as string;
      await updateContact(context, {
        contactId,
        properties: { company: round % 2 === 0 ? "Tallmark" : null },
      });
    }
  });
  await Promise.all(writers);
  written.abort();
  await Promise.all(workers);
  await keepAll(context);
  for (const [index, filter] of [
    inLund,
    where("hs_marketable_status", "EQ", "true"),
    where("company", "HAS_PROPERTY"),
  ].entries()) {
    const listId = lists[index] as string;
    expect(await membersOf(context, listId)).toEqual(await fresh(filter));
    const { members } = await showList(context, { listId });
    expect(members).toBe((await membersOf(context, listId)).length);
  }
}, 180_000);

test("killed in the middle, the next goes on where it was", async () => {
  await buildContacts(database.db, context.accountId, 30_000);
  const listId = await makeList(context, where("createdate", "HAS_PROPERTY"));
  await keepListsOf(context);
  const { members } = await showList(context, { listId });
  expect(members).toBeGreaterThan(0);
  expect(members).toBeLessThan(30_000);
  const [one] = await buildContacts(database.db, context.accountId, 1);
  const killed = inTransaction(context, async (context) => {
    await keepListsOf(context);
    throw new Error("killed");
  });
  await expect(killed).rejects.toThrow("killed");
  expect((await showList(context, { listId })).members).toBe(members);
  await keepAll(context);
  expect(await showList(context, { listId })).toMatchObject({ members: 30_001, updating: false });
  expect(await membersOf(context, listId)).toContain(one);
  const joined = (await events("list.joined")).flatMap(({ contactIds }) => contactIds);
  expect([joined.length, new Set(joined).size]).toEqual([30_001, 30_001]);
}, 180_000);

test("waits with a new filter for those who were already writing when it came", async () => {
  const [id = ""] = await buildContacts(database.db, context.accountId, 1);
  let listId = "";
  await inTransaction(context, async (writer) => {
    await sql`update contact set city = 'Lund' where account_id = ${context.accountId} and id = ${id}`.execute(
      writer.db,
    );
    listId = await makeList(context, inLund);
    expect(await keepListsOf(context)).toBe(false);
    expect((await showList(context, { listId })).updating).toBe(true);
  });
  await keepAll(context);
  expect(await membersOf(context, listId)).toEqual([id]);
});

test("leaves an account to whoever is at it", async () => {
  await buildContacts(database.db, context.accountId, 1);
  const listId = await makeList(context, where("createdate", "HAS_PROPERTY"));
  await inTransaction(context, async (other) => {
    await keepListsOf(other);
    expect(await keepListsOf(context)).toBe(false);
  });
  await keepAll(context);
  await updateList(context, { listId, filter: inLund });
  await keepAll(context);
  expect(await membersOf(context, listId)).toEqual([]);
});
