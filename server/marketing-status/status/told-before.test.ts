import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { watchLimits } from "#server/billing/alerts/watch-limits.ts";
import { saveBilling } from "#server/billing/save-billing.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildOwner } from "#test/people.ts";
import { mergeStatus } from "./merge-status.ts";
import { removeStatus } from "./remove-status.ts";
import { setMarketing } from "./set-marketing.ts";
import { undoStatus } from "./undo-status.ts";

// Crossings that are gone again before the job that watches the limits has looked.

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await sql`update price_book set included = 4, blocks = '[{"from": 4, "to": null, "step": 4, "price": 100}]'
    where plan = 'professional' and currency = 'EUR'`.execute(database.db);
});
afterAll(() => database.close());

const source = { sourceType: "USER_SET" } as const;

async function four(policy: "hold" | "move_up" = "hold"): Promise<{ context: Context; ids: string[] }> {
  const { accountId, userId } = await buildOwner(database.db);
  const context = buildContext(database.db, { accountId, actor: { id: userId } });
  await saveBilling(context, { plan: "professional", counting: "vendor", tier: 4, currency: "EUR", policy });
  return { context, ids: await buildContacts(database.db, accountId, 8) };
}

const raise = (context: Context, ids: readonly string[]) =>
  setMarketing(context, { ...source, ids, operationId: "7" });

async function told(context: Context): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`select key from notice
    where account_id = ${context.accountId} and key like 'billing:notice_limit%' order by id`.execute(
    database.db,
  );
  return rows.map(({ key }) => key.replace("billing:notice_limit_", ""));
}

test("what takes usage down at once tells first what stood, once", async () => {
  const falls: ((context: Context, ids: string[]) => Promise<unknown>)[] = [
    (context, ids) => removeStatus(context, { ...source, ids: ids.slice(0, 2), kind: "deleted" }),
    (context, [survivorId = "", loserId = ""]) => mergeStatus(context, { ...source, survivorId, loserId }),
    (context, ids) => undoStatus(context, { ...source, ids, entry: { operationId: "7" } }),
  ];
  for (const fall of falls) {
    const { context, ids } = await four();
    await raise(context, ids.slice(0, 3));
    await fall(context, ids);
    expect(await told(context)).toEqual(["crossed"]);
    await watchLimits(context);
    await watchLimits(context);
    expect(await told(context)).toEqual(["crossed", "below"]);
  }
});

test("a limit that goes up tells first what stood below the old one", async () => {
  const { context, ids } = await four();
  await raise(context, ids.slice(0, 4));
  await saveBilling(context, { tier: 40 });
  expect(await told(context)).toEqual(["reached"]);
  const moving = await four("move_up");
  await raise(moving.context, moving.ids.slice(0, 3));
  await raise(moving.context, moving.ids.slice(3));
  expect(await told(moving.context)).toEqual(["crossed"]);
  const leaping = await four("move_up");
  await raise(leaping.context, leaping.ids);
  expect(await told(leaping.context)).toEqual([]);
});

test("a delete that fails has told nobody", async () => {
  const { context, ids } = await four();
  await raise(context, ids.slice(0, 3));
  const failing = database.db.transaction().execute(async (db) => {
    await removeStatus({ ...context, db }, { ...source, ids: ids.slice(0, 1), kind: "deleted" });
    throw new Error("on purpose");
  });
  await expect(failing).rejects.toThrow("on purpose");
  expect(await told(context)).toEqual([]);
});
