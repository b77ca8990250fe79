import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#server/platform/context.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { moveTier } from "../move-tier.ts";
import { saveBilling } from "../save-billing.ts";
import { addContact, confirmContact, removeContact, showAlerts } from "./billing-contacts.ts";
import { watchLimit, watchLimits } from "./watch-limits.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

async function vendor(): Promise<Context> {
  const { accountId, userId } = await buildOwner(database.db);
  const context = buildContext(database.db, { accountId, actor: { id: userId } });
  await buildMember(database.db, accountId, "sales");
  await saveBilling(context, { counting: "vendor", tier: 100 });
  return context;
}

async function use({ db, accountId }: Context, contacts: number): Promise<void> {
  await sql`insert into usage_tally (account_id, until, slot, contacts)
    values (${accountId}, 'infinity', 0, ${contacts}) on conflict (account_id, until, slot)
    do update set contacts = excluded.contacts`.execute(db);
}

const told = async ({ db, accountId }: Context) =>
  (
    await sql<{ key: string }>`select key from notice where account_id = ${accountId} order by id`.execute(db)
  ).rows.map(({ key }) => key.replace("billing:notice_limit_", ""));

test("a crossing is told once, whichever worker sees it, and only in its account", async () => {
  const [context, other] = [await vendor(), await vendor()];
  await use(context, 76);
  await Promise.all([watchLimits(context), watchLimits(context), watchLimit(context)]);
  expect(await told(context)).toEqual(["crossed"]);
  expect(await told(other)).toEqual([]);
  await use(context, 101);
  await watchLimits(context);
  await use(context, 10);
  await watchLimits(context);
  expect(await told(context)).toEqual(["crossed", "over", "below"]);
});

test("a higher tier lowers the share, a lower one raises it", async () => {
  const context = await vendor();
  await use(context, 100);
  await watchLimits(context);
  await moveTier(context, { tier: 1000, why: "chosen" });
  await watchLimits(context);
  expect(await told(context)).toEqual(["reached", "below"]);
});

test("who just counts is told nothing", async () => {
  const context = await vendor();
  await saveBilling(context, { counting: "count" });
  await use(context, 100);
  await watchLimits(context);
  expect(await told(context)).toEqual([]);
});

test("addresses outside are added, confirmed by hand and removed", async () => {
  const context = await vendor();
  await addContact(context, { email: "Books@example.test" });
  await expect(addContact(context, { email: "books@example.test" })).rejects.toThrow("billing:contact_taken");
  const { contacts, people, thresholds } = await showAlerts(context);
  expect(people).toHaveLength(1);
  expect(thresholds.map(({ at }) => at)).toEqual([75, 90, 98, 100]);
  expect(contacts).toMatchObject([{ email: "Books@example.test", confirmedAt: null }]);
  const id = contacts[0]?.id ?? "";
  await expect(confirmContact({ ...context, accountId: "999" }, { id })).rejects.toThrow("contact_missing");
  await confirmContact(context, { id });
  expect((await showAlerts(context)).contacts[0]?.confirmedAt).not.toBeNull();
  await removeContact(context, { id });
  expect((await showAlerts(context)).contacts).toEqual([]);
});
