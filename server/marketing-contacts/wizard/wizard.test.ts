import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cleanupGroups } from "#contract/wizard.ts";
import { countContacts } from "#server/contacts/index/count-contacts.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { carryOutDraft } from "./carry-out-draft.ts";
import { chosenContacts } from "./choose-contacts.ts";
import { type CleanupChoice, chosenFilter, chosenOf, firstChoice } from "./cleanup-choice.ts";
import { groupFilter } from "./cleanup-group.ts";
import { countCleanup } from "./count-choice.ts";
import { countCleanupGroups } from "./count-groups.ts";
import { reviewChoice, reviewDraft } from "./review-choice.ts";
import { deleteCleanupDraft, openCleanupDraft, saveCleanupDraft, showCleanupDraft } from "./save-draft.ts";

const NOW = new Date("2026-11-18T12:00:00Z");
const WAITING = "2026-11-30T23:00:00Z";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

interface Person {
  readonly status?: "marketing" | "waiting" | "none";
  readonly pin?: "always" | "never" | null;
  readonly facts?: readonly ("opt_out" | "bounce" | "complaint")[];
  readonly email?: string | null;
  readonly name?: string | null;
  readonly company?: string | null;
  readonly phone?: string | null;
  /** Days ago. */
  readonly came?: number;
  readonly engaged?: number | null;
}

const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

/** An account with these people, consistent with ledger and tally; answers the ids in order. */
async function accountOf(
  people: readonly Person[],
  actorId = "1",
): Promise<{ context: Context; ids: string[] }> {
  const accountId = await buildAccount(database.db, { tier: 1000 });
  const context = buildContext(database.db, { accountId, clock: fixedClock(NOW), actor: { id: actorId } });
  const ids: string[] = [];
  for (const person of people) ids.push(await insertPerson(context, person));
  await sql`insert into marketing_change (account_id, contact_id, kind, until_after, recorded_at, effective_at, delta,
      source_type, actor_type)
    select account_id, contact_id, 'set_marketing', until, since, since, 1, source_type, actor_type
    from marketing_contact where account_id = ${accountId}`.execute(database.db);
  await sql`insert into usage_tally (account_id, until, slot, contacts)
    select account_id, until, 0, count(*) from marketing_contact where account_id = ${accountId} group by 1, 2`.execute(
    database.db,
  );
  return { context, ids };
}

async function insertPerson({ db, accountId }: Context, person: Person): Promise<string> {
  const { status = "marketing", pin = null, facts = [], email = null, name = null, ...rest } = person;
  const [first = null, last = null] = name?.split(" ") ?? [];
  const { rows } = await sql<{ id: string }>`
    insert into contact (account_id, email, firstname, lastname, company, phone, createdate, lastmodifieddate,
      hs_email_last_click_date)
    values (${accountId}, ${email}, ${first}, ${last}, ${rest.company ?? null}, ${rest.phone ?? null},
      ${daysAgo(rest.came ?? 0)}, ${NOW}, ${rest.engaged == null ? null : daysAgo(rest.engaged)})
    returning id`.execute(db);
  const id = rows[0]?.id as string;
  if (status !== "none") {
    await sql`insert into marketing_contact (account_id, contact_id, since, until, source_type, actor_type)
      values (${accountId}, ${id}, ${NOW}, ${status === "waiting" ? WAITING : "infinity"}::timestamptz, 'USER_SET', 'user')`.execute(
      db,
    );
  }
  if (pin !== null)
    await sql`insert into marketing_pin (account_id, contact_id, pin, at, actor_type)
      values (${accountId}, ${id}, ${pin}, ${NOW}, 'user')`.execute(db);
  for (const kind of new Set(facts))
    await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
      values (${accountId}, ${id}, ${kind}, ${NOW}, 'USER_SET', 'user', true)`.execute(db);
  return id;
}

const take = (choice: Partial<CleanupChoice>): CleanupChoice => ({
  ...firstChoice,
  groups: [],
  unengaged: "taken",
  others: "taken",
  ...choice,
});

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

  test("of duplicates the one that engaged last stays, else the first", async () => {
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
    const scope = await chosenContacts(context, chosenOf(take({ groups: ["duplicates"] })));
    const { rows } = await sql<{ id: string }>`select id from (${scope}) s order by id`.execute(database.db);
    expect(rows.map(({ id }) => ids.indexOf(id))).toEqual([0, 3]);
  });

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
});

const person: fc.Arbitrary<Person> = fc.record({
  status: fc.constantFrom("marketing", "marketing", "waiting", "none"),
  pin: fc.constantFrom(null, null, null, "always", "never"),
  facts: fc.subarray(["opt_out", "bounce", "complaint"] as const),
  email: fc.constantFrom(null, "info@a.test", "bo@a.test"),
  name: fc.constantFrom(null, "A B", "a b", "C D"),
  company: fc.constantFrom(null, "X", "Y"),
  phone: fc.constantFrom(null, "1", "1 "),
  came: fc.constantFrom(0, 89, 95, 200, 500),
  engaged: fc.constantFrom(null, 0, 100, 200, 400),
});

const anyChoice: fc.Arbitrary<CleanupChoice> = fc.record({
  groups: fc.subarray([...cleanupGroups]),
  unengaged: fc.constantFrom("taken", "taken", "skipped", "open"),
  filter: fc.constantFrom(
    null,
    { filterGroups: [] },
    {
      filterGroups: [{ filters: [] }, { filters: [{ propertyName: "company", operator: "EQ", value: "x" }] }],
    },
    { filterGroups: [{ filters: [{ propertyName: "phone", operator: "NOT_HAS_PROPERTY" }] }] },
  ) as fc.Arbitrary<CleanupChoice["filter"]>,
  lists: fc.constant([]),
  others: fc.constantFrom("taken", "taken", "skipped"),
});

describe("a choice", () => {
  test("counts each person once, as many as the index shows, and promises what the operation then does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { maxLength: 12 }), anyChoice, async (people, choice) => {
        const { context } = await accountOf(people);
        const chosen = chosenOf(choice);
        const { total, parts } = await countCleanup(context, { choice });
        const ids = new Set<string>();
        const filters = [
          ...chosen.groups.map((group) => groupFilter(group)),
          ...(chosen.filter ? [chosen.filter] : []),
        ];
        for (const [place, filter] of filters.entries()) {
          const scope = await chosenContacts(context, { groups: [], filter, lists: [] });
          const { rows } = await sql<{ id: string }>`select id from (${scope}) s`.execute(database.db);
          expect(parts[place]?.contacts).toBe(rows.length);
          for (const { id } of rows) ids.add(id);
        }
        expect(total).toBe(ids.size);
        const review = await reviewChoice(context, choice);
        expect(review.total).toBe(ids.size);
        expect(review.groups.reduce((sum, { contacts }) => sum + contacts, 0)).toBe(ids.size);
        if (filters.length > 0)
          expect(await countContacts(context, { filter: chosenFilter(chosen), query: "" })).toEqual({
            total,
          });
        if (filters.length > 0) await expectPromiseKept(context, choice);
      }),
      { numRuns: 40 },
    );
  });

  async function expectPromiseKept(context: Context, choice: CleanupChoice): Promise<void> {
    const { id: draftId } = await openCleanupDraft(context);
    await saveCleanupDraft(context, { draftId, choice });
    const review = await reviewDraft(context, { draftId });
    const { operationId } = await carryOutDraft(context, { draftId, expect: review.willChange });
    await runOperation(context, { operationId });
    const { outcomes } = await showOperation(context, { operationId });
    const sorted = (groups: readonly { outcome: string; reason: string; contacts: number }[]) =>
      groups.map(({ outcome, reason, contacts }) => `${outcome} ${reason} ${contacts}`).toSorted();
    expect(sorted(outcomes)).toEqual(sorted(review.groups));
    const after = await reviewChoice(context, { ...firstChoice });
    expect(after.usage.now).toEqual(review.usage.after);
    expect(after.usage.atNextUpdate).toEqual(review.usage.atNextUpdate);
    expect((await verifyAccount(context)).differences).toEqual([]);
  }

  test("of nobody is refused, and a filter without conditions is nobody", async () => {
    const { context } = await accountOf([{}]);
    const { id: draftId } = await openCleanupDraft(context);
    const choice = take({ filter: { filterGroups: [{ filters: [] }] } });
    await saveCleanupDraft(context, { draftId, choice });
    expect(await reviewDraft(context, { draftId })).toMatchObject({ total: 0, willChange: 0, parts: [] });
    await expect(carryOutDraft(context, { draftId, expect: 0 })).rejects.toMatchObject({
      reason: "cleanup:nobody_chosen",
    });
  });

  test("names the tier that then fits and when the price falls", async () => {
    const people = Array.from({ length: 3 }, (): Person => ({ facts: ["bounce"] }));
    const { context } = await accountOf([...people, {}]);
    await sql`update billing_account set plan = 'starter', tier = 3000 where account_id = ${context.accountId}`.execute(
      database.db,
    );
    const { tier, usage } = await reviewChoice(context, take({ groups: ["bounced"] }));
    expect(usage).toEqual({
      now: { marketing: 4, waiting: 0, nonMarketing: 0 },
      after: { marketing: 4, waiting: 3, nonMarketing: 0 },
      atNextUpdate: { marketing: 1, waiting: 0, nonMarketing: 3 },
    });
    expect(tier).toEqual({
      now: 3000,
      after: 1000,
      falls: "renewal",
      fallsAt: WAITING.replace("Z", ".000Z"),
      price: { now: 12_000, after: 2_000, currency: "EUR", example: true },
    });
    const sales = { ...context, actor: { ...context.actor, permissions: new Set() as never } };
    expect((await reviewChoice(sales, take({ groups: ["bounced"] }))).tier).toMatchObject({ price: null });
  });
});

describe("a draft", () => {
  test("is one a person, as they left it, and nobody else's", async () => {
    const { context } = await accountOf([{ facts: ["bounce"] }], "7");
    const { id: draftId, choice } = await openCleanupDraft(context);
    expect(choice).toEqual(firstChoice);
    const changed = take({ groups: ["complained"] });
    await saveCleanupDraft(context, { draftId, choice: changed });
    expect(await openCleanupDraft(context)).toMatchObject({ id: draftId, choice: changed });
    const other = { ...context, actor: { ...context.actor, id: "8" } };
    await expect(showCleanupDraft(other, { draftId })).rejects.toMatchObject({ code: "not_found" });
    expect((await openCleanupDraft(other)).id).not.toBe(draftId);
  });

  test("is carried out once, however often it is pressed, and then closed", async () => {
    const { context } = await accountOf([{ facts: ["bounce"] }, { facts: ["opt_out"] }]);
    const { id: draftId } = await openCleanupDraft(context);
    await saveCleanupDraft(context, {
      draftId,
      choice: { ...firstChoice, unengaged: "taken", others: "skipped" },
    });
    await expect(carryOutDraft(context, { draftId, expect: 1 })).rejects.toMatchObject({
      code: "count_changed",
      details: { actual: 2 },
    });
    const [first, second] = await Promise.all([
      carryOutDraft(context, { draftId, expect: 2 }),
      carryOutDraft(context, { draftId, expect: 2 }),
    ]);
    expect(second).toEqual(first);
    await expect(saveCleanupDraft(context, { draftId, choice: firstChoice })).rejects.toMatchObject({
      reason: "cleanup:draft_finished",
    });
    expect((await openCleanupDraft(context)).id).not.toBe(draftId);
    await deleteCleanupDraft(context, { draftId });
    expect((await showCleanupDraft(context, { draftId })).operationId).toBe(first.operationId);
  });

  test("with a filter that cannot be read is not kept", async () => {
    const { context } = await accountOf([]);
    const { id: draftId } = await openCleanupDraft(context);
    const filter = {
      filterGroups: [{ filters: [{ propertyName: "nothing_such", operator: "EQ" as const, value: "1" }] }],
    };
    await expect(saveCleanupDraft(context, { draftId, choice: take({ filter }) })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});
