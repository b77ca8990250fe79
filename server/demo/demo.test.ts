import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Tally } from "#contract/imports.ts";
import { listImports } from "#server/imports/show-import.ts";
import { rollUpAccount } from "#server/marketing-status/usage/roll-up-usage.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { listOperations } from "#server/operations/show-operation.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { type Demo, makeDemo } from "./make-demo.ts";

const now = new Date("2026-11-18T14:32:07Z");
let database: FreshDatabase;
let context: Context;
let demo: Demo;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
  const actor = { type: "command", id: null } as const;
  const command = buildContext(database.db, { actor, clock: fixedClock(now) });
  demo = await makeDemo(command, { email: "demo@fernhill.test", onProgress: () => {} });
  context = { ...command, accountId: demo.accountId };
}, 240_000);
afterAll(() => database.close());

async function one<T>(query: ReturnType<typeof sql<T>>): Promise<T> {
  const { rows } = await query.execute(database.db);
  return rows[0] as T;
}

test("the numbers are those that are promised, and every recount agrees", async () => {
  expect(demo).toMatchObject({ contacts: 5_000, marketing: 3_328, waiting: 126, contactLimit: 7_000 });
  expect(demo.password).toMatch(/^[\w-]{16}$/);
  expect(await showUsage(context, {})).toMatchObject({
    nonMarketing: 1_672,
    headroom: 3_672,
    atNextUpdate: 3_202,
  });
  const found = await verifyAccount(context);
  expect(found.differences).toEqual([]);
  expect(found).toMatchObject({ contacts: 5_000, expired: 0, ledger: 3_328 });
});

test("nobody is deleted for so long that they would be gone by now, and the tier has a history", async () => {
  const seen = await one(sql<{ overdue: number; tiers: number }>`select
    (select count(*) from deleted_contact where deleted_at < ${now}::timestamptz - interval '80 days')::int as overdue,
    (select count(*) from tier_change where tier_before = 2000 and tier_after = 7000)::int as tiers`);
  expect(seen).toEqual({ overdue: 0, tiers: 1 });
});

test("nothing happened later than now, and nothing is left to do", async () => {
  const late = await one(sql<{ late: number; unfinished: number }>`select
    (select count(*) from marketing_change where recorded_at > ${now})::int
      + (select count(*) from contact where createdate > ${now} or hs_email_last_open_date > ${now})::int
      + (select count(*) from operation where created_at > ${now})::int as late,
    (select count(*) from operation where state <> 'done')::int
      + (select count(*) from import where state <> 'started')::int as unfinished`);
  expect(late).toEqual({ late: 0, unfinished: 0 });
});

test("every import accounts for its rows, and some rows were rejected for each reason", async () => {
  const { imports } = await listImports(context, { after: undefined, limit: 25 });
  expect(imports).toHaveLength(11);
  for (const { result, rows } of imports) expect(rowsOf(result)).toBe(rows);
  const [latest] = imports;
  expect(latest).toMatchObject({
    fileName: "massan-goteborg.csv",
    state: "done",
    result: { rejected: 33, raised: 0 },
  });
});

function rowsOf(result: Tally | null): number | null {
  return result && result.created + result.updated + result.unchanged + result.rejected;
}

test("there is something to see of everything: problems, pins, notes, undos, deletions, sources", async () => {
  const { operations } = await listOperations(context, { limit: 100 });
  expect(new Set(operations.map(({ kind }) => kind))).toEqual(
    new Set([
      "import",
      "set_marketing",
      "set_non_marketing",
      "undo_status",
      "opt_out",
      "edit_property",
      "delete_contacts",
      "add_to_list",
      "decline_held",
    ]),
  );
  const seen = await one(sql<Record<string, number>>`select
    (select count(*) from note)::int as notes, (select count(*) from marketing_pin)::int as pins,
    (select count(*) from deleted_contact)::int as deleted, (select count(*) from merged_contact)::int as merged,
    (select count(distinct source_type) from marketing_change)::int as sources,
    (select count(distinct kind) from subscription_fact)::int as problems,
    (select count(distinct date_trunc('month', recorded_at)) from marketing_change)::int as months,
    (select count(distinct total) from usage_daily)::int > 50 as grows`);
  expect(seen).toMatchObject({
    notes: 24,
    pins: 16,
    deleted: 42,
    merged: 1,
    sources: 4,
    problems: 3,
    grows: true,
  });
  expect(seen["months"]).toBeGreaterThanOrEqual(10);
});

test("lists, workflows and a plan are at work, and some contacts wait for a decision", async () => {
  const seen = await one(sql<Record<string, number>>`select
    (select count(*) from list l where type = 'active' and name = 'Customers in Sweden'
      and (select count(*) from list_membership m where m.list_id = l.id) > 100)::int as active,
    (select count(*) from list where type = 'static' and deleted_at is null)::int as static,
    (select count(*) from list_touch)::int as untold,
    (select count(*) from workflow where state = 'on')::int as on,
    (select count(*) from workflow where state = 'draft')::int as drafts,
    (select count(*) from workflow_enrollment where ended_at is null)::int as inside, (select count(*) > 5 from workflow_enrollment)::int as entered,
    (select count(*) from cleanup_plan where state = 'on')::int as plans,
    (select count(*) from held_raise where ended_at is null)::int as held,
    (select maximum from billing_account)::int as maximum,
    (select count(*) from notice where created_at > ${now}::timestamptz)::int as late_notices`);
  expect(seen).toEqual({
    active: 1,
    static: 1,
    untold: 0,
    on: 1,
    drafts: 1,
    inside: 0,
    entered: 1,
    plans: 1,
    held: 14,
    maximum: 3_500,
    late_notices: 0,
  });
});

test("days are rolled up to yesterday, so that rolling up again changes nothing", async () => {
  const days = sql<{
    days: number;
    last: string;
  }>`select count(*)::int as days, max(day)::text as last from usage_daily`;
  const before = await one(days);
  expect(before.last).toBe("2026-11-17");
  await rollUpAccount(context);
  expect(await one(days)).toEqual(before);
});

test("a second one is refused, and says why", async () => {
  const again = makeDemo(context, { email: "other@fernhill.test", onProgress: () => {} });
  await expect(again).rejects.toMatchObject({ code: "conflict", reason: "demo:account_exists" });
});
