import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cleanupGroups } from "#contract/wizard.ts";
import { countContacts } from "#server/contacts/index/count-contacts.ts";
import { createList } from "#server/lists/definition/create-list.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { buildCleanable, CLEANING_UPDATE, type CleanablePerson } from "#test/cleanable.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { carryOutDraft } from "./carry-out-draft.ts";
import { chosenContacts } from "./choose-contacts.ts";
import {
  type Chosen,
  type CleanupChoice,
  chosenFilter,
  chosenOf,
  firstChoice,
  isNobody,
} from "./cleanup-choice.ts";
import { groupFilter } from "./cleanup-group.ts";
import { countCleanup } from "./count-choice.ts";
import { reviewChoice, reviewDraft } from "./review-choice.ts";
import { openCleanupDraft, saveCleanupDraft } from "./save-draft.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

const accountOf = (people: readonly CleanablePerson[], actorId?: string) =>
  buildCleanable(database.db, people, actorId);

const take = (choice: Partial<CleanupChoice>): CleanupChoice => ({
  ...firstChoice,
  groups: [],
  unengaged: "taken",
  others: "taken",
  ...choice,
});

const person: fc.Arbitrary<CleanablePerson> = fc.record({
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
  filter: fc.constantFrom<CleanupChoice["filter"]>(
    null,
    { filterGroups: [] },
    {
      filterGroups: [{ filters: [] }, { filters: [{ propertyName: "company", operator: "EQ", value: "x" }] }],
    },
    { filterGroups: [{ filters: [{ propertyName: "phone", operator: "NOT_HAS_PROPERTY" }] }] },
  ),
  lists: fc.constant([]),
  others: fc.constantFrom("taken", "taken", "skipped"),
});

/** The ids of each way of choosing, found one by one. */
async function idsOfParts(context: Context, { groups, filter }: Chosen): Promise<string[][]> {
  const filters = [...groups.map((group) => groupFilter(group)), ...(filter ? [filter] : [])];
  const parts: string[][] = [];
  for (const each of filters) {
    const scope = await chosenContacts(context, { groups: [], filter: each, lists: [] });
    const { rows } = await sql<{ id: string }>`select id from (${scope}) s`.execute(context.db);
    parts.push(rows.map(({ id }) => id));
  }
  return parts;
}

type Groups = readonly { outcome: string; reason: string; contacts: number }[];
const written = (groups: Groups) =>
  groups.map(({ outcome, reason, contacts }) => `${outcome} ${reason} ${contacts}`).toSorted();

async function expectPromiseKept(context: Context, choice: CleanupChoice): Promise<void> {
  const { id: draftId } = await openCleanupDraft(context);
  await saveCleanupDraft(context, { draftId, choice });
  const review = await reviewDraft(context, { draftId });
  const { operationId } = await carryOutDraft(context, { draftId, expect: review.willChange });
  await runOperation(context, { operationId });
  const { outcomes } = await showOperation(context, { operationId });
  expect(written(outcomes)).toEqual(written(review.groups));
  const after = await reviewChoice(context, firstChoice);
  expect(after.usage.now).toEqual(review.usage.after);
  expect(after.usage.atNextUpdate).toEqual(review.usage.atNextUpdate);
  expect((await verifyAccount(context)).differences).toEqual([]);
}

const somebody = anyChoice.filter((choice) => !isNobody(chosenOf(choice)));

describe("a choice", () => {
  test("counts each person once, as many as the index shows", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { maxLength: 12 }), somebody, async (people, choice) => {
        const { context } = await accountOf(people);
        const { total, parts } = await countCleanup(context, { choice });
        const found = await idsOfParts(context, chosenOf(choice));
        expect(parts.map(({ contacts }) => contacts)).toEqual(found.map((ids) => ids.length));
        expect(total).toBe(new Set(found.flat()).size);
        const filter = chosenFilter(chosenOf(choice));
        expect(await countContacts(context, { filter, query: "" })).toEqual({ total });
      }),
      { numRuns: 12 },
    );
  });

  test("promises what the operation then does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { maxLength: 12 }), somebody, async (people, choice) => {
        const { context } = await accountOf(people);
        const review = await reviewChoice(context, choice);
        expect(review.groups.reduce((sum, { contacts }) => sum + contacts, 0)).toBe(review.total);
        expect(review.total).toBe((await countCleanup(context, { choice })).total);
        await expectPromiseKept(context, choice);
      }),
      { numRuns: 12 },
    );
  });

  test("takes the members of lists, each person once", async () => {
    const { context, ids } = await accountOf([{ facts: ["bounce"] }, {}, { status: "none" }, {}]);
    const list = async (name: string, members: readonly string[]): Promise<string> => {
      const made = await createList(context, {
        name,
        type: "static",
        folderId: null,
        selection: { ids: [...members] },
      });
      await runOperation(context, { operationId: made.operationId as string });
      return made.list.id;
    };
    const lists = [await list("A", ids.slice(0, 2)), await list("B", ids.slice(1, 3))];
    const choice = take({ groups: ["bounced"], lists });
    const { total, parts } = await countCleanup(context, { choice });
    expect([total, parts.map(({ contacts }) => contacts)]).toEqual([3, [1, 2, 2]]);
    await expectPromiseKept(context, choice);
  });
});

describe("a review", () => {
  test("of nobody says so, it is refused, and a filter without conditions is nobody", async () => {
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
    const people = Array.from({ length: 3 }, (): CleanablePerson => ({ facts: ["bounce"] }));
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
      fallsAt: CLEANING_UPDATE,
      price: { now: 12_000, after: 2_000, currency: "EUR", example: true },
    });
    const sales = { ...context, actor: { ...context.actor, permissions: new Set() as never } };
    expect((await reviewChoice(sales, take({ groups: ["bounced"] }))).tier).toMatchObject({ price: null });
  });
});
