import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Condition, Filter } from "#contract/filters.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { selectContacts } from "./select-contacts.ts";

// `company` is found with the help of the search index, `city` without: with the same texts they must agree.

const DECOMPOSED = "Ångström Ab".normalize("NFD");
const TEXTS = [
  "Łukasz",
  "lukasz",
  "LUKASZ Å",
  "Åsa Öhrn",
  "asa-ohrn",
  "O'Neil; drop",
  "50%_\\x",
  "Straße",
  DECOMPOSED,
  DECOMPOSED.repeat(9),
  "x".repeat(190),
  `${"word ".repeat(40)}tail`,
  "œ".repeat(60),
  "!",
  null,
];
const VALUES = [
  ...TEXTS.filter((text) => text !== null),
  "ŁUKASZ",
  "asa",
  "*sa",
  "angstrom ab",
  "lu",
  "strass",
  "50",
  "oe".repeat(60),
  "word word",
  "drop lukasz",
  "\u0141",
];

let database: FreshDatabase;
let context: Context;
beforeAll(async () => {
  database = await freshDatabase();
  context = buildContext(database.db, { accountId: await buildAccount(database.db) });
  await sql`insert into contact (account_id, city, company, createdate, lastmodifieddate)
    select ${context.accountId}::bigint, left(value, 100), left(value, 100), now(), now()
    from unnest(${TEXTS}::text[]) as value`.execute(database.db);
});
afterAll(() => database.close());

async function found(propertyName: string, condition: Omit<Condition, "propertyName">): Promise<string[]> {
  const filter: Filter = { filterGroups: [{ filters: [{ propertyName, ...condition }] }] };
  const { rows } = await (await selectContacts(context, { filter, query: "" })).execute(database.db);
  return rows.map(({ id }) => id).toSorted();
}

test.each(["EQ", "NEQ", "IN", "NOT_IN", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN", "STARTS_WITH"] as const)(
  "%s finds the same with the help of the search index as without",
  async (operator) => {
    for (const value of VALUES) {
      const condition = { operator, value, values: [value, "Åsa Öhrn"] };
      expect(await found("company", condition)).toEqual(await found("city", condition));
    }
  },
);

test("an address is looked up in the index, what is no word or too long is not", async () => {
  expect(await planFor("ann@x.test")).toContain("search @@");
  expect(await planFor("!")).not.toContain("search @@");
  expect(await planFor("x".repeat(200))).not.toContain("search @@");
});

async function planFor(value: string): Promise<string> {
  const filter: Filter = { filterGroups: [{ filters: [{ propertyName: "email", operator: "EQ", value }] }] };
  const select = await selectContacts(context, { filter, query: "" });
  return JSON.stringify((await sql`explain ${select}`.execute(database.db)).rows);
}
