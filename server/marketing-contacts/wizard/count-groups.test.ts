import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cleanupGroups } from "#contract/wizard.ts";
import { countContacts } from "#server/contacts/index/count-contacts.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import type { Context } from "#server/platform/context.ts";
import { buildCleanable, type CleanablePerson } from "#test/cleanable.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { chosenContacts } from "./choose-contacts.ts";
import { type CleanupChoice, firstChoice } from "./cleanup-choice.ts";
import { groupFilter } from "./cleanup-group.ts";
import { countCleanup } from "./count-choice.ts";
import { countCleanupGroups } from "./count-groups.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

const accountOf = (people: readonly CleanablePerson[], actorId?: string) =>
  buildCleanable(database.db, people, actorId);

const countOf = async (context: Context, group: string): Promise<number> => {
  const { groups } = await countCleanupGroups(context, { only: "" });
  return groups.find((each) => each.group === group)?.contacts ?? -1;
};

describe("groups of unengaged contacts", () => {
  test("are marketing contacts that stay and that no pin holds", async () => {
    const facts = ["bounce"] as const;
    const { context } = await accountOf([
      { facts },
      { facts, pin: "never" },
      { facts, status: "waiting" },
      { facts, status: "none" },
      { facts, pin: "always" },
      {},
    ]);
    expect(await countOf(context, "bounced")).toBe(2);
  });

  test("quiet ones had the time to engage, never engaged is not for newcomers", async () => {
    const { context } = await accountOf([
      { came: 400 },
      { came: 400, engaged: 366 },
      { came: 400, engaged: 100 },
      { came: 400, engaged: 89 },
      { came: 89 },
      { came: 91 },
    ]);
    const { groups } = await countCleanupGroups(context, { only: "" });
    const counts = Object.fromEntries(groups.map(({ group, contacts }) => [group, contacts]));
    expect(counts).toMatchObject({ quiet_90: 4, quiet_180: 2, quiet_365: 2, never_engaged: 2 });
  });

  test("role addresses in three languages, whatever the case and tag", async () => {
    const { context } = await accountOf([
      { email: "Info@fernhill.test" },
      { email: "biuro+zima@fernhill.test" },
      { email: "kundtjanst@fernhill.test" },
      { email: "informatica@fernhill.test" },
      { email: "anna.info@fernhill.test" },
      { email: null },
    ]);
    expect(await countOf(context, "role_addresses")).toBe(3);
    expect(await countOf(context, "no_email")).toBe(1);
  });
});

describe("duplicates", () => {
  test("the one that engaged last stays, else the first", async () => {
    const acme = { name: "Łucja Berg", company: "Acme" };
    const { context, ids } = await accountOf([
      acme,
      { name: "lucja BERG", company: "ACME", engaged: 5 },
      { name: "Lucja Berg", phone: "+46 70-1" },
      { name: "Lucja Berg", phone: "+46701", company: "Acme" },
      { ...acme, status: "none", engaged: 1 },
      { name: "Lucja Berg" },
      { name: null, company: "Acme" },
      { name: "Ann Berg", company: "Acme" },
    ]);
    const scope = await chosenContacts(context, { groups: ["duplicates"], filter: null, lists: [] });
    const { rows } = await sql<{ id: string }>`select id from (${scope}) s order by id`.execute(database.db);
    expect(rows.map(({ id }) => ids.indexOf(id))).toEqual([0, 3]);
  });
});

describe("all groups", () => {
  test("are counted as the index counts their filter", async () => {
    const { context } = await accountOf([
      { came: 400, email: "info@a.test", facts: ["opt_out"] },
      { came: 400, name: "A B", company: "C" },
      { came: 100, name: "A B", company: "C", pin: "always" },
      { came: 10, facts: ["complaint"], status: "waiting" },
    ]);
    for (const { group, contacts } of (await countCleanupGroups(context, { only: "" })).groups)
      expect(await countContacts(context, { filter: groupFilter(group), query: "" })).toEqual({
        total: contacts,
      });
  });

  test("add up to what any of them ticked together means, each person once", async () => {
    const { context } = await accountOf([
      { came: 400, email: "info@a.test", facts: ["opt_out", "bounce"] },
      { came: 400, name: "A B", company: "C" },
      { came: 100, name: "A B", company: "C", email: null },
      { came: 10, facts: ["complaint"] },
    ]);
    const { together } = await countCleanupGroups(context, { only: "" });
    const ticked = fc.subarray([...cleanupGroups], { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(ticked, async (groups) => {
        const choice: CleanupChoice = { ...firstChoice, groups, unengaged: "taken" };
        const found = together.filter((each) => each.groups.some((group) => groups.includes(group)));
        const { total } = await countCleanup(context, { choice });
        expect(found.reduce((sum, { contacts }) => sum + contacts, 0)).toBe(total);
      }),
      { numRuns: 30 },
    );
  });
});
