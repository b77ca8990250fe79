import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "#server/platform/context.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { notify } from "./notify.ts";

let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

const notice = { key: "billing:notice_example", details: { count: 7 }, link: "/billing", mail: false };

async function noticesOf(accountId: string) {
  return fresh.db
    .selectFrom("notice")
    .select(["user_id", "key", "details", "link", "mail", "read_at"])
    .where("account_id", "=", accountId)
    .orderBy("id")
    .execute();
}

test("everybody who may do it is told, and nobody else", async () => {
  const owner = await buildOwner(fresh.db);
  const billing = await buildMember(fresh.db, owner.accountId, "billing");
  await buildMember(fresh.db, owner.accountId, "viewer");
  const context = buildContext(fresh.db, { accountId: owner.accountId });
  await notify(context, { ...notice, to: { permission: "billing.edit" } });
  const told = await noticesOf(owner.accountId);
  expect(told.map(({ user_id }) => user_id).toSorted()).toEqual([owner.userId, billing.userId].toSorted());
  expect(told[0]).toMatchObject({
    key: notice.key,
    details: { count: 7 },
    link: "/billing",
    mail: "none",
    read_at: null,
  });
});

test("people of other accounts and people who were closed out are not told", async () => {
  const owner = await buildOwner(fresh.db);
  const foreign = await buildOwner(fresh.db);
  const gone = await buildMember(fresh.db, owner.accountId, "billing");
  await fresh.db
    .updateTable("account_member")
    .set({ active: false })
    .where("user_id", "=", gone.userId)
    .execute();
  const context = buildContext(fresh.db, { accountId: owner.accountId });
  await notify(context, { ...notice, to: { userIds: [owner.userId, foreign.userId, gone.userId] } });
  expect(await noticesOf(owner.accountId)).toMatchObject([{ user_id: owner.userId }]);
});

test("what is rolled back was never told", async () => {
  const owner = await buildOwner(fresh.db);
  const context = buildContext(fresh.db, { accountId: owner.accountId });
  const failed = inTransaction(context, async (context) => {
    await notify(context, { ...notice, to: { userIds: [owner.userId] } });
    throw new Error("the change failed");
  });
  await expect(failed).rejects.toThrow("the change failed");
  expect(await noticesOf(owner.accountId)).toEqual([]);
});
