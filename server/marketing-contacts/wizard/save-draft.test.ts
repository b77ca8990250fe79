import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cleanupChoice } from "#contract/wizard.ts";
import { MAX_NAMED } from "#server/lists/list.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { buildCleanable, type CleanablePerson } from "#test/cleanable.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { carryOutDraft } from "./carry-out-draft.ts";
import { type CleanupChoice, firstChoice } from "./cleanup-choice.ts";
import { deleteCleanupDraft, openCleanupDraft, saveCleanupDraft, showCleanupDraft } from "./save-draft.ts";

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

const choosing = (group: "bounced" | "unsubscribed"): CleanupChoice => ({
  ...firstChoice,
  groups: [group],
  unengaged: "taken",
});

const some = (many: number): CleanupChoice => ({
  ...firstChoice,
  lists: Array.from({ length: many }, (_, place) => String(place + 1)),
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
});

describe("the choice of a draft", () => {
  test("is not carried out as another one than was looked at, though as many are chosen", async () => {
    const { context } = await accountOf([{ facts: ["bounce"] }, { facts: ["opt_out"] }]);
    const { id: draftId } = await openCleanupDraft(context);
    for (const group of ["bounced", "unsubscribed"] as const)
      await saveCleanupDraft(context, { draftId, choice: choosing(group) });
    const looked = { draftId, expect: 1, choice: choosing("bounced") };
    await expect(carryOutDraft(context, looked)).rejects.toMatchObject({ reason: "cleanup:draft_changed" });
    await carryOutDraft(context, { ...looked, choice: choosing("unsubscribed") });
  });

  test("names as many lists as a filter may, so that those who are chosen can be looked at", () => {
    expect(cleanupChoice.safeParse(some(MAX_NAMED)).success).toBe(true);
    expect(cleanupChoice.safeParse(some(MAX_NAMED + 1)).success).toBe(false);
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
