import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Filter } from "#contract/filters.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { countContacts } from "./count-contacts.ts";
import { searchContacts } from "./search-contacts.ts";

const EVERYBODY: Filter = { filterGroups: [] };

let fresh: FreshDatabase;
let context: Context;
let other: Context;

beforeAll(async () => {
  fresh = await freshDatabase();
  const { rows } = await sql<{ id: string }>`insert into account (name, time_zone, language, created_at)
    values ('One', 'Europe/Stockholm', 'sv', now()), ('Two', 'UTC', 'en', now()) returning id::text`.execute(
    fresh.db,
  );
  context = buildContext(fresh.db, { accountId: rows[0]?.id ?? "" });
  other = buildContext(fresh.db, { accountId: rows[1]?.id ?? "" });
  await sql`insert into property (account_id, name, label, group_name, type, field_type, created_at, updated_at)
    values (${context.accountId}, 'points', 'Points', 'own', 'number', 'number', now(), now())`.execute(
    fresh.db,
  );
  await fill();
});
afterAll(() => fresh.close());

interface Person {
  firstname?: string;
  lastname?: string;
  email?: string;
  phone?: string;
  company?: string;
  lifecyclestage?: string;
  points?: number;
  createdate?: string;
}

async function add(person: Person, { accountId }: Context = context): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into contact (account_id, firstname, lastname, email, phone, company, lifecyclestage, custom, createdate,
      lastmodifieddate)
    select ${accountId}::bigint, p.firstname, p.lastname, p.email, p.phone, p.company, p.lifecyclestage,
      jsonb_strip_nulls(jsonb_build_object('points', p.points)), coalesce(p.createdate, '2026-01-01T00:00:00Z'), now()
    from jsonb_to_record(${JSON.stringify(person)}::jsonb) as p(firstname text, lastname text, email text, phone text,
      company text, lifecyclestage text, points numeric, createdate timestamptz)
    returning id::text`.execute(fresh.db);
  return rows[0]?.id ?? "";
}

const search = (input: Partial<Parameters<typeof searchContacts>[1]>, asked: Context = context) =>
  searchContacts(asked, { filter: EVERYBODY, query: "", limit: 50, properties: [], ...input });

const namesOf = async (input: Partial<Parameters<typeof searchContacts>[1]>, asked: Context = context) =>
  (await search({ ...input, properties: ["firstname"] }, asked)).contacts.map(
    ({ properties }) => properties["firstname"],
  );

const order = async (language: "sv" | "pl") => {
  const reader = { ...context, actor: { ...context.actor, language } };
  const names = await namesOf(
    { query: "paged", sort: { propertyName: "firstname", direction: "asc" }, limit: 200 },
    reader,
  );
  return [...new Set(names)];
};

describe("the search box", () => {
  let lukasz: string;
  beforeAll(async () => {
    lukasz = await add({
      firstname: "Łukasz",
      lastname: "Żółć-Kowalski",
      email: "L.Kowalski@tall-mark.test",
      phone: "+48 600-123 456",
      company: "O'Neil & Söner",
    });
    await add({ firstname: "Łukasz", lastname: "Kowalski" }, other);
  });

  test.each([
    "Lukasz",
    "łuk",
    "zolc",
    "kowalski lukasz",
    "l.kowalski@tall",
    "mark.test",
    "48600123",
    "600 123",
    "+48",
    "o'neil",
    "soner",
  ])("%s finds the person, in this account only", async (query) => {
    const found = await search({ query });
    expect(found.contacts.map(({ id }) => id)).toEqual([lukasz]);
    expect(await countContacts(context, { filter: EVERYBODY, query })).toEqual({ total: 1 });
  });

  test.each(["ukasz", "lukasz nowak", "7/lukasz", "' | 'nobody", "!"])("%s finds nobody", async (query) => {
    expect((await search({ query })).contacts).toEqual([]);
  });
});

const LETTERS = ["Åke", "ake", "Zofia", "łuta", "Lena", "Ärla", "Örjan", "Ole", "ćma", "cera", undefined];
const sorts = [
  "name",
  "firstname",
  "lifecyclestage",
  "points",
  "createdate",
  "hs_object_id",
  "hs_marketable_status",
];

async function fill(): Promise<void> {
  for (let i = 0; i < 70; i++) {
    const firstname = LETTERS[i % LETTERS.length];
    await add({
      company: "Paged",
      ...(firstname && { firstname }),
      ...(i % 3 > 0 && { lifecyclestage: i % 3 === 1 ? "customer" : "lead" }),
      ...(i % 4 > 0 && { points: (i % 7) - 2.5 }),
      createdate: `2026-01-0${1 + (i % 5)}T00:00:00.${String(i % 3).padStart(6, "0")}Z`,
    });
  }
}

test.each(sorts.flatMap((name) => [[name, "asc"] as const, [name, "desc"] as const]))(
  "by %s %s visit everybody once, in the order of one big page",
  async (propertyName, direction) => {
    const sort = { propertyName, direction };
    const all = (await search({ query: "paged", sort, limit: 200 })).contacts.map(({ id }) => id);
    const visited: string[] = [];
    let after: string | null | undefined;
    do {
      const page = await search({ query: "paged", sort, limit: 9, ...(after && { after }) });
      visited.push(...page.contacts.map(({ id }) => id));
      after = page.after;
    } while (after !== null);
    expect(visited).toEqual(all);
    expect(new Set(visited).size).toBe(70);
  },
);

test("sort like the reader's language, without a value last", async () => {
  expect(await order("sv")).toEqual([
    "ake",
    "cera",
    "ćma",
    "Lena",
    "łuta",
    "Ole",
    "Zofia",
    "Åke",
    "Ärla",
    "Örjan",
    null,
  ]);
  expect(await order("pl")).toEqual([
    "ake",
    "Åke",
    "Ärla",
    "cera",
    "ćma",
    "Lena",
    "łuta",
    "Ole",
    "Örjan",
    "Zofia",
    null,
  ]);
});

test("sort options as they are offered: stages from first to last", async () => {
  const sort = { propertyName: "lifecyclestage", direction: "asc" as const };
  const page = await search({ query: "paged", sort, limit: 200, properties: ["lifecyclestage"] });
  const stages = page.contacts.map(({ properties }) => properties["lifecyclestage"]);
  expect([...new Set(stages)]).toEqual(["lead", "customer", null]);
});

test("refuse a cursor of another order, and what is none", async () => {
  const { after } = await search({ query: "paged", limit: 2 });
  const sort = { propertyName: "firstname", direction: "asc" as const };
  await expect(search({ sort, after: after ?? "" })).rejects.toMatchObject({
    reason: "contacts-index:cursor_unreadable",
  });
  await expect(search({ after: "nonsense" })).rejects.toMatchObject({ code: "invalid_input" });
  await expect(search({ sort: { propertyName: "c.id", direction: "asc" } })).rejects.toMatchObject({
    reason: "contacts-index:unknown_property",
  });
});

test("never show another account", async () => {
  const { after } = await search({ query: "paged", limit: 2 });
  const foreign = await search({ query: "paged", ...(after && { after }) }, other);
  expect(foreign.contacts).toEqual([]);
  expect(await countContacts(other, { filter: EVERYBODY, query: "" })).toEqual({ total: 1 });
});
async function setStatus(id: string, until: string): Promise<void> {
  await sql`with tally as (
      insert into usage_tally (account_id, until, slot, contacts)
      values (${context.accountId}, ${until}::timestamptz, 0, 1)
    )
    insert into marketing_contact (account_id, contact_id, since, until, source_type, actor_type)
    values (${context.accountId}, ${id}, now(), ${until}::timestamptz, 'USER_SET', 'user')`.execute(fresh.db);
}

test("rows carry the status and the properties asked for", async () => {
  const [marketing, waiting, expired] = [
    await add({ company: "Stat" }),
    await add({ company: "Stat" }),
    await add({ company: "Stat" }),
  ];
  const until = [
    [marketing, "infinity"],
    [waiting, "2099-01-01T00:00:00Z"],
    [expired, "2020-01-01T00:00:00Z"],
  ];
  for (const [id, moment] of until) {
    await setStatus(id ?? "", moment ?? "");
  }
  const sort = { propertyName: "hs_object_id", direction: "asc" as const };
  const properties = ["company", "hs_marketable_status", "createdate", "points", "gone"];
  const { contacts } = await search({ query: "stat", sort, properties });
  const common = { company: "Stat", createdate: "2026-01-01T00:00:00.000Z", points: null };
  expect(contacts).toEqual([
    {
      id: marketing,
      status: "marketing",
      until: null,
      properties: { ...common, hs_marketable_status: "true" },
    },
    {
      id: waiting,
      status: "waiting",
      until: "2099-01-01T00:00:00.000Z",
      properties: { ...common, hs_marketable_status: "true" },
    },
    {
      id: expired,
      status: "non_marketing",
      until: null,
      properties: { ...common, hs_marketable_status: "false" },
    },
  ]);
});

test("the status is counted without counting contacts, with the same result", async () => {
  const exists = { propertyName: "hs_object_id", operator: "HAS_PROPERTY" as const };
  for (const propertyName of ["hs_marketable_status", "hs_marketable_until_renewal"]) {
    for (const value of ["true", "false"]) {
      const condition = { propertyName, operator: "EQ" as const, value };
      const quick = { filterGroups: [{ filters: [condition] }] };
      const counted = { filterGroups: [{ filters: [condition, exists] }] };
      const { total } = await countContacts(context, { filter: quick, query: "" });
      expect(await countContacts(context, { filter: counted, query: "" })).toEqual({ total });
      expect(total).toBeGreaterThan(0);
    }
  }
});
