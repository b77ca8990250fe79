import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Condition, Filter } from "#contract/filters.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { expectedIds, NOW, type Row } from "#test/filter-model.ts";
import { operatorsOf } from "./filter.ts";
import { registerFilterSources } from "./filter-sources.ts";
import { selectContacts } from "./select-contacts.ts";

const TEXTS = [
  "Łukasz",
  "lukasz",
  "LUKASZ Å",
  "Åsa Öhrn",
  "asa-ohrn",
  "O'Neil; drop",
  "50%_\\x",
  "Straße",
  "",
  null,
];
const WORDS = [
  "lukasz",
  "ŁUKASZ",
  "asa",
  "*sa",
  "luk*",
  "asa-öhrn",
  "o'neil",
  "50%",
  "_",
  "*",
  "drop lukasz",
  "å*",
];
const OPTIONS = ["lead", "customer", "other"];
const SEVERAL = ["a", "b", "a;b", "c;a", null];
const NUMBERS = [null, "-1.5", "0", "2", "10", "1000000"];
const DAYS = [null, "2026-03-01", "2026-03-28", "2026-03-29", "2026-03-30", "2026-04-05"];
const INSTANTS = [
  null,
  "2026-03-28T22:59:59.999Z",
  "2026-03-28T23:00:00.000Z",
  "2026-03-29T00:59:00.000Z",
  "2026-03-29T21:59:59.999Z",
  "2026-03-29T22:00:00.000Z",
  "2026-04-04T12:00:00.000Z",
];

let fresh: FreshDatabase;
let context: Context;
const rows: Row[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  const { rows: accounts } = await sql<{
    id: string;
  }>`insert into account (name, time_zone, language, created_at)
    values ('One', 'Europe/Stockholm', 'sv', now()), ('Two', 'UTC', 'en', now()) returning id::text`.execute(
    fresh.db,
  );
  context = buildContext(fresh.db, { accountId: accounts[0]?.id ?? "", clock: fixedClock(NOW) });
  await sql`insert into property (account_id, name, label, group_name, type, field_type, created_at, updated_at)
    select ${context.accountId}::bigint, p.name, p.name, 'own', p.type, p.field, now(), now() from (values
      ('vip', 'bool', 'booleancheckbox'), ('born', 'date', 'date'), ('interests', 'enumeration', 'checkbox')) as p(name, type, field)`.execute(
    fresh.db,
  );
  for (let i = 0; i < 120; i++) rows.push(await insertRow(i));
  await sql`insert into contact (account_id, city, createdate, lastmodifieddate)
    values (${accounts[1]?.id}, 'Lund', now(), now())`.execute(fresh.db);
  await sql`insert into contact (account_id, city, createdate, lastmodifieddate, deleted_at)
    values (${context.accountId}, 'Lund', now(), now(), now())`.execute(fresh.db);
});
afterAll(() => fresh.close());

/** Every value of each kind meets many of the others: the steps have no common divisor. */
async function insertRow(i: number): Promise<Row> {
  const pick = <T>(from: readonly T[], step: number) =>
    from[(i * step + Math.floor(i / from.length)) % from.length] as T;
  const row = {
    city: pick(TEXTS, 1) || null,
    lifecyclestage: pick([...OPTIONS, null], 3),
    annualrevenue: pick(NUMBERS, 5),
    recent_conversion_date: pick(INSTANTS, 2),
    vip: pick(["true", "false", null], 2),
    born: pick(DAYS, 7),
    interests: pick(SEVERAL, 3),
  };
  const custom = JSON.stringify({
    ...(row.vip && { vip: row.vip === "true" }),
    ...(row.born && { born: row.born }),
    ...(row.interests && { interests: row.interests }),
  });
  const { rows: inserted } = await sql<{ id: string }>`insert into contact (account_id, city, lifecyclestage,
      annualrevenue, recent_conversion_date, custom, createdate, lastmodifieddate)
    values (${context.accountId}, ${row.city}, ${row.lifecyclestage}, ${row.annualrevenue}::numeric,
      ${row.recent_conversion_date}::timestamptz, ${custom}::jsonb, now(), now()) returning id::text`.execute(
    fresh.db,
  );
  return { id: inserted[0]?.id ?? "", ...row };
}

async function found(filter: Filter, query = ""): Promise<string[]> {
  const select = await selectContacts(context, { filter, query });
  const { rows } = await select.execute(fresh.db);
  return rows.map(({ id }) => id).toSorted();
}

const presence = ["HAS_PROPERTY", "NOT_HAS_PROPERTY"] as const;
const filled = (values: readonly (string | null)[]) =>
  fc.constantFrom(...values.filter((v): v is string => Boolean(v)));
const one = (
  propertyName: string,
  operators: readonly Condition["operator"][],
  value: fc.Arbitrary<string>,
) =>
  fc.record({
    propertyName: fc.constant(propertyName),
    operator: fc.constantFrom(...operators),
    value,
    highValue: value,
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  });
const equality = ["EQ", "NEQ", "IN", "NOT_IN", ...presence] as const;
const order = ["LT", "LTE", "GT", "GTE", "BETWEEN"] as const;
const relative = ["IN_LAST_DAYS", "NOT_IN_LAST_DAYS", "IN_NEXT_DAYS"] as const;
const days = fc.integer({ min: 0, max: 30 }).map(String);

const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  one("city", equality, filled(TEXTS)),
  one("city", ["CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"], fc.constantFrom(...WORDS)),
  one("city", ["STARTS_WITH"], fc.constantFrom("lu", "Å", "50%", "strass", "O'")),
  one("lifecyclestage", equality, fc.constantFrom(...OPTIONS, "gone")),
  one(
    "interests",
    [...equality, "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"],
    fc.constantFrom("a", "b", "c", "a;b", "b;a"),
  ),
  one("annualrevenue", [...equality, ...order], filled(NUMBERS)),
  one("vip", equality, fc.constantFrom("true", "false")),
  one("born", [...equality, ...order], filled(DAYS)),
  one("born", relative, days),
  one("recent_conversion_date", [...equality, ...order], fc.oneof(filled(INSTANTS), filled(DAYS))),
  one("recent_conversion_date", relative, days),
);

const anyFilter: fc.Arbitrary<Filter> = fc.record({
  filterGroups: fc.array(fc.record({ filters: fc.array(anyCondition, { maxLength: 3 }) }), { maxLength: 3 }),
});

describe("a filter means the same in SQL and in plain words", () => {
  test("single conditions", async () => {
    await fc.assert(
      fc.asyncProperty(anyCondition, async (condition) => {
        const filter = { filterGroups: [{ filters: [condition] }] };
        expect(await found(filter)).toEqual(expectedIds(rows, filter));
      }),
      { numRuns: 250 },
    );
  });

  test("groups of conditions", async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        expect(await found(filter)).toEqual(expectedIds(rows, filter));
      }),
      { numRuns: 120 },
    );
  });
});

const NASTY = [
  "'",
  "';--",
  "') or true --",
  "\\",
  "\\'",
  "%",
  "_",
  "$1",
  "$$",
  "{a,b}",
  "a\u2028b",
  "nul\\0",
  '"',
  "a'b:*",
  "!&|()",
];

describe("values are never SQL", () => {
  test.each(NASTY)("%j finds nobody and breaks nothing", async (value) => {
    for (const operator of ["EQ", "IN", "CONTAINS_TOKEN", "STARTS_WITH"] as const) {
      const condition = { propertyName: "firstname", operator, value, values: [value] };
      expect(await found({ filterGroups: [{ filters: [condition] }] })).toEqual([]);
    }
    await found({ filterGroups: [] }, value);
    await expect(
      found({ filterGroups: [{ filters: [{ propertyName: value, operator: "HAS_PROPERTY" }] }] }),
    ).rejects.toThrow("filters:unknown_property");
  });
});

test("every property of the catalogue can be asked for", async () => {
  for (const { name, type } of (await loadCatalogue(context)).values()) {
    for (const operator of operatorsOf[type]) {
      const value =
        { number: "1", bool: "true", date: "2026-01-01", datetime: "2026-01-01" }[type as string] ?? "true";
      const days = operator.endsWith("_DAYS") ? "3" : value;
      const condition = { propertyName: name, operator, value: days, highValue: days, values: [days] };
      const filter = { filterGroups: [{ filters: [condition] }] };
      await expect(found(filter)).resolves.toBeInstanceOf(Array);
    }
  }
});

test("pins, protection, trouble with mail and engagement are sources", async () => {
  const [pinned, bounced] = [rows[0]?.id ?? "", rows[1]?.id ?? ""];
  await sql`insert into marketing_pin (account_id, contact_id, pin, at, actor_type)
    values (${context.accountId}, ${pinned}, 'always', now(), 'system')`.execute(fresh.db);
  await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
    values (${context.accountId}, ${bounced}, 'bounce', now(), 'EMAIL', 'system', true)`.execute(fresh.db);
  const others = (...ids: string[]) =>
    rows
      .map(({ id }) => id)
      .filter((id) => !ids.includes(id))
      .toSorted();
  const cases: [Condition, string[]][] = [
    [{ propertyName: "marketing.pin", operator: "EQ", value: "always" }, [pinned]],
    [{ propertyName: "marketing.pin", operator: "NEQ", value: "always" }, others(pinned)],
    [{ propertyName: "marketing.pin", operator: "NOT_HAS_PROPERTY" }, others(pinned)],
    [{ propertyName: "marketing.protected", operator: "EQ", value: "true" }, [bounced]],
    [{ propertyName: "marketing.protected", operator: "NEQ", value: "true" }, others(bounced)],
    [{ propertyName: "email.problem", operator: "IN", values: ["opt_out", "bounce"] }, [bounced]],
    [{ propertyName: "email.problem", operator: "HAS_PROPERTY" }, [bounced]],
    [{ propertyName: "email.problem", operator: "NOT_IN", values: ["bounce"] }, others(bounced)],
    [{ propertyName: "email.problem", operator: "EQ", value: "complaint" }, []],
  ];
  for (const [condition, ids] of cases) {
    expect(await found({ filterGroups: [{ filters: [condition] }] })).toEqual(ids);
  }
  const engaged = await found({
    filterGroups: [
      { filters: [{ propertyName: "email.last_engagement", operator: "IN_LAST_DAYS", value: "1" }] },
    ],
  });
  expect(engaged.length).toBeGreaterThan(0);
});

test("a feature can register a source of its own", async () => {
  registerFilterSources([
    {
      name: "test.even",
      type: "bool",
      multiple: false,
      matches: (_context, { values }) =>
        values[0] === "true" ? sql<boolean>`(c.id % 2 = 0)` : sql<boolean>`(c.id % 2 = 1)`,
    },
  ]);
  const ids = await found({
    filterGroups: [{ filters: [{ propertyName: "test.even", operator: "EQ", value: "true" }] }],
  });
  expect(ids).toEqual(
    rows
      .map(({ id }) => id)
      .filter((id) => Number(id) % 2 === 0)
      .toSorted(),
  );
});

test("ids select only living contacts of the account", async () => {
  const { rows: all } = await sql<{ id: string }>`select id::text from contact`.execute(fresh.db);
  const select = await selectContacts(context, { ids: all.map(({ id }) => id) });
  const { rows: selected } = await select.execute(fresh.db);
  expect(selected.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
  expect(all.length).toBe(rows.length + 2);
});
