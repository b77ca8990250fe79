import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { watchLimits } from "#server/billing/alerts/watch-limits.ts";
import { saveBilling } from "#server/billing/save-billing.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildOwner } from "#test/people.ts";
import { mergeStatus } from "./merge-status.ts";
import { removeStatus } from "./remove-status.ts";
import { setMarketing } from "./set-marketing.ts";
import { setNonMarketing } from "./set-non-marketing.ts";
import { settleDueChanges } from "./settle-due-changes.ts";
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

/** The first of January where the account is. */
const UPDATE = new Date("2029-12-31T23:00:00Z");
const moment = (context: Context, seconds: number): Context => ({
  ...context,
  clock: fixedClock(new Date(UPDATE.getTime() + seconds * 1000)),
});

/** Two of four count and one of them leaves at the update; three seconds before it a third is raised. */
async function crossedBeforeUpdate(): Promise<{ context: Context; ids: string[] }> {
  const { accountId, userId } = await buildOwner(database.db);
  const context = buildContext(database.db, { accountId, actor: { id: userId } });
  const settings = { plan: "professional", counting: "vendor", tier: 4, currency: "EUR" } as const;
  await saveBilling(moment(context, -86_400), { ...settings, renewalOn: "2030-01-01" });
  const ids = await buildContacts(database.db, accountId, 8);
  await raise(moment(context, -3_600), ids.slice(0, 2));
  await setNonMarketing(moment(context, -1_800), { ...source, ids: ids.slice(1, 2), operationId: "8" });
  await watchLimits(moment(context, -5));
  await raise(moment(context, -3), ids.slice(2, 3));
  return { context, ids };
}

test("who leaves at an update takes no crossing along that nobody had looked at yet", async () => {
  const { context } = await crossedBeforeUpdate();
  await watchLimits(moment(context, 1));
  expect(await told(context)).toEqual([]);
  await settleDueChanges(moment(context, 20));
  await settleDueChanges(moment(context, 50));
  expect(await told(context)).toEqual(["crossed"]);
  await watchLimits(moment(context, 51));
  await settleDueChanges(moment(context, 80));
  expect(await told(context)).toEqual(["crossed", "below"]);
});

test("the same where an act has settled them before the job", async () => {
  const { context, ids } = await crossedBeforeUpdate();
  await raise(moment(context, 2), ids.slice(1, 2));
  await setNonMarketing(moment(context, 3), { ...source, ids: ids.slice(1, 2), operationId: "9" });
  await settleDueChanges(moment(context, 20));
  expect(await told(context)).toEqual(["crossed"]);
});

test("what was told before the update is not told again after it", async () => {
  const { context } = await crossedBeforeUpdate();
  await watchLimits(moment(context, -1));
  await watchLimits(moment(context, 4));
  await settleDueChanges(moment(context, 20));
  await settleDueChanges(moment(context, 50));
  expect(await told(context)).toEqual(["crossed", "below"]);
});
