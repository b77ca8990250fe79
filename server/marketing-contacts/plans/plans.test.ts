import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { saveBilling } from "#server/billing/save-billing.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { type CleanupChoice, firstChoice } from "../wizard/cleanup-choice.ts";
import { listPlans } from "./list-plans.ts";
import { previewPlan, runPlanNow } from "./run-now.ts";
import { runAccountPlans } from "./run-plans.ts";
import { changePlan, createPlan, deletePlan, skipRun, takeOverPlan } from "./save-plan.ts";

let database: FreshDatabase;
let admin: { userId: string };
let owner: { userId: string; accountId: string };
let context: Context;

const choice: CleanupChoice = { ...firstChoice, unengaged: "taken", others: "skipped" };
const timing = { runBefore: { amount: 1, unit: "days" }, noticeBefore: { amount: 2, unit: "days" } } as const;
const day = (date: string, time = "12:00") => new Date(`2026-${date}T${time}:00Z`);

beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

/** An account on the first of each month, with a plan's owner who is no admin, and three who bounced. */
beforeEach(async () => {
  const { accountId, userId } = await buildOwner(database.db);
  admin = { userId };
  owner = await buildMember(database.db, accountId, "marketing");
  context = buildContext(database.db, { accountId, actor: { id: owner.userId } });
  await sql`insert into billing_account
      (account_id, plan, counting, term, renewal_on, tier, currency, created_at, updated_at)
    values (${accountId}, 'professional', 'vendor', 'monthly', '2026-01-01', 1000, 'EUR', now(), now())
    on conflict (account_id) do update set plan = 'professional', counting = 'vendor', term = 'monthly',
      renewal_on = '2026-01-01', tier = 1000`.execute(database.db);
  await sql`update account set time_zone = 'Europe/Stockholm' where id = ${accountId}`.execute(database.db);
  await bounced(3);
});

async function bounced(count: number): Promise<void> {
  const { db, accountId } = context;
  const ids = await buildContacts(db, accountId, count);
  await sql`insert into marketing_contact (account_id, contact_id, since, until, source_type, actor_type)
    select ${accountId}, unnest(${ids}::bigint[]), '2026-01-01', 'infinity', 'USER_SET', 'user'`.execute(db);
  await sql`insert into usage_tally (account_id, until, slot, contacts)
    values (${accountId}, 'infinity', 0, ${count}) on conflict (account_id, until, slot)
    do update set contacts = usage_tally.contacts + excluded.contacts`.execute(db);
  await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
    select ${accountId}, unnest(${ids}::bigint[]), 'bounce', '2026-01-02', 'USER_SET', 'user', true`.execute(
    db,
  );
}

const at = (moment: Date): Context => ({ ...context, clock: fixedClock(moment) });
const tick = (moment: Date) => runAccountPlans(at(moment));
const made = (moment = day("11-02")) => createPlan(at(moment), { name: "Bounced", choice, ...timing });

async function plan(moment: Date) {
  const { plans } = await listPlans(at(moment));
  return plans[0] as NonNullable<(typeof plans)[0]>;
}

async function notices(key: string): Promise<{ userId: string; details: Record<string, unknown> }[]> {
  const { rows } = await sql<{ userId: string; details: Record<string, unknown> }>`
    select user_id as "userId", details from notice where account_id = ${context.accountId}
      and key = ${`marketing-contacts:${key}`} order by id`.execute(database.db);
  return rows;
}

async function operations(): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from operation where account_id = ${context.accountId}
    order by id`.execute(database.db);
  return rows.map(({ id }) => id);
}

describe("before each update", () => {
  test("a plan is announced to everybody concerned, then carried out as its owner, once", async () => {
    await made();
    await tick(day("11-27", "22:59"));
    expect(await notices("notice_plan_ahead")).toEqual([]);
    await tick(day("11-27", "23:00"));
    await tick(day("11-28"));
    const told = await notices("notice_plan_ahead");
    expect(told.map(({ userId }) => userId).toSorted()).toEqual([admin.userId, owner.userId].toSorted());
    expect(told[0]?.details).toMatchObject({ count: 3, until: "2026-11-29T23:00:00.000Z" });
    expect(await operations()).toEqual([]);
    await Promise.all([
      tick(day("11-29", "23:00")),
      tick(day("11-29", "23:00")),
      tick(day("11-29", "23:00")),
    ]);
    await tick(day("11-30"));
    const [operationId = "", ...more] = await operations();
    expect(more).toEqual([]);
    await runOperation(at(day("11-30")), { operationId });
    expect(await showOperation(at(day("11-30")), { operationId })).toMatchObject({
      actor: { type: "user", id: owner.userId },
      outcomes: [{ outcome: "scheduled", contacts: 3 }],
      params: { effectiveAt: "2026-11-30T23:00:00.000Z", cleanup: { name: "Bounced" } },
    });
    const { next } = await plan(day("11-30"));
    expect(next.run).toMatchObject({ state: "done", announced: 3, scheduled: 3, operationId });
    await bounced(2);
    await tick(day("12-28", "23:00"));
    await tick(day("12-30", "23:00"));
    expect(await operations()).toHaveLength(2);
    expect((await plan(day("12-31"))).history).toHaveLength(1);
  });

  test("with nobody to go nothing is said and nothing started", async () => {
    await sql`delete from subscription_fact where account_id = ${context.accountId}`.execute(database.db);
    await made();
    await tick(day("11-28"));
    await tick(day("11-30"));
    expect([await notices("notice_plan_ahead"), await operations()]).toEqual([[], []]);
    expect((await plan(day("11-30"))).next.run).toMatchObject({ state: "done", reason: "nobody" });
  });
});

describe("this time only", () => {
  test("a run can be skipped, and carried out after all", async () => {
    const { id: planId } = await made();
    await tick(day("11-28"));
    await skipRun(at(day("11-28")), { planId, skip: true });
    await tick(day("11-30"));
    expect(await operations()).toEqual([]);
    await skipRun(at(day("11-30")), { planId, skip: false });
    await tick(day("11-30", "13:00"));
    await tick(day("11-30", "14:00"));
    expect(await operations()).toEqual([]);
    await tick(day("11-30", "15:00"));
    expect(await operations()).toHaveLength(1);
    await expect(skipRun(at(day("11-30", "16:00")), { planId, skip: true })).rejects.toMatchObject({
      reason: "cleanup:run_started",
    });
  });

  test("a skip before the notice holds too, and only for this update", async () => {
    const { id: planId } = await made();
    await skipRun(at(day("11-10")), { planId, skip: true });
    await tick(day("11-28"));
    await tick(day("11-30"));
    expect(await operations()).toEqual([]);
    await tick(day("12-28", "23:00"));
    expect(await notices("notice_plan_ahead")).toHaveLength(2);
  });
});

const run = (moment: Date, planId: string, expect: number | null = null) =>
  runPlanNow(at(moment), { planId, expect });

describe("by hand", () => {
  test("a plan runs ahead of its time, once, and not again at it", async () => {
    const { id: planId } = await made();
    expect(await previewPlan(at(day("11-10")), { planId })).toMatchObject({ willChange: 3 });
    await expect(run(day("11-10"), planId, 4)).rejects.toMatchObject({ code: "count_changed" });
    expect((await plan(day("11-10"))).next.run).toBeNull();
    const { operationId } = await run(day("11-10"), planId, 3);
    await runOperation(at(day("11-10")), { operationId });
    expect((await plan(day("11-11"))).next.run).toMatchObject({ state: "done", operationId, scheduled: 3 });
    await expect(run(day("11-11"), planId)).rejects.toMatchObject({ reason: "cleanup:run_started" });
    await tick(day("11-28"));
    await tick(day("11-30"));
    expect(await operations()).toEqual([operationId]);
  });

  test.for(["announced", "skipped"])("also after it was %s", async (before) => {
    const { id: planId } = await made();
    await tick(day("11-28"));
    if (before === "skipped") await skipRun(at(day("11-28")), { planId, skip: true });
    const { operationId } = await run(day("11-29"), planId);
    await tick(day("11-30"));
    expect(await operations()).toEqual([operationId]);
    expect((await plan(day("11-30"))).next.run).toMatchObject({ state: "done", announced: 3 });
  });
});

describe("a plan that stood still", () => {
  test("announced late it still leaves two hours, and runs before the update", async () => {
    await made();
    await tick(day("11-30", "19:00"));
    await tick(day("11-30", "20:59"));
    expect(await operations()).toEqual([]);
    await tick(day("11-30", "21:00"));
    expect(await operations()).toHaveLength(1);
  });

  test.for([
    ["announced, but not run", [day("11-28")]],
    ["never announced", []],
    ["too late to be stopped", [day("11-30", "22:00")]],
  ] as const)("%s: not after the update, and its owner is told once", async ([, ticks]) => {
    await made();
    for (const moment of ticks) await tick(moment);
    await tick(day("12-01"));
    await tick(day("12-02"));
    expect(await operations()).toEqual([]);
    expect((await notices("notice_plan_missed")).map(({ userId }) => userId)).toEqual([owner.userId]);
    expect((await plan(day("12-02"))).history).toMatchObject([{ state: "missed" }]);
  });

  test("one made after its time has missed nothing", async () => {
    await made(day("11-30", "23:30"));
    await tick(day("12-02"));
    expect(await notices("notice_plan_missed")).toEqual([]);
    expect((await plan(day("12-02"))).history).toEqual([]);
  });
});

describe("rights", () => {
  test("an owner without them pauses the plan, admins are told, one click takes it over", async () => {
    const { id: planId } = await made();
    await tick(day("11-28"));
    await sql`update account_member set role_id = (select id from role where account_id = ${context.accountId}
      and key = 'viewer') where account_id = ${context.accountId} and user_id = ${owner.userId}`.execute(
      database.db,
    );
    await tick(day("11-30"));
    expect(await operations()).toEqual([]);
    expect(await plan(day("11-30"))).toMatchObject({ state: "paused", pausedReason: "permission" });
    expect((await notices("notice_plan_paused_permission")).map(({ userId }) => userId)).toEqual([
      admin.userId,
    ]);
    const taken = { ...at(day("11-30")), actor: { ...context.actor, id: admin.userId } };
    await takeOverPlan(taken, { planId });
    await tick(day("11-30", "13:00"));
    await tick(day("11-30", "15:00"));
    expect(await operations()).toHaveLength(1);
    expect(await plan(day("11-30"))).toMatchObject({ state: "on", owner: { id: admin.userId } });
  });

  test("Starter cannot save one, and pauses those there are", async () => {
    await made();
    await sql`update billing_account set plan = 'starter' where account_id = ${context.accountId}`.execute(
      database.db,
    );
    await expect(made()).rejects.toMatchObject({ code: "plan_required" });
    await tick(day("11-28"));
    expect(await plan(day("11-28"))).toMatchObject({ state: "paused", pausedReason: "plan" });
    expect((await listPlans(at(day("11-28")))).included).toBe(false);
  });

  test("a choice that cannot be read any more pauses the plan", async () => {
    const { id: planId } = await made();
    const filter = { filterGroups: [{ filters: [{ propertyName: "gone", operator: "EQ", value: "1" }] }] };
    await sql`update cleanup_plan set choice = ${JSON.stringify({ ...choice, others: "taken", filter })}::jsonb
      where id = ${planId}`.execute(database.db);
    await tick(day("11-28"));
    expect(await plan(day("11-28"))).toMatchObject({ state: "paused", pausedReason: "choice" });
  });
});

describe("editing", () => {
  test("other times are announced anew; paused and resumed too", async () => {
    const { id: planId } = await made();
    await tick(day("11-28"));
    await changePlan(at(day("11-28")), { planId, runBefore: { amount: 3, unit: "hours" } });
    expect((await plan(day("11-28"))).next.run).toBeNull();
    await changePlan(at(day("11-28")), { planId, state: "paused" });
    await tick(day("11-30", "21:00"));
    expect(await operations()).toEqual([]);
    await changePlan(at(day("11-30", "10:00")), { planId, state: "on" });
    await tick(day("11-30", "10:01"));
    await tick(day("11-30", "20:00"));
    expect(await operations()).toHaveLength(1);
  });

  test("names are each one plan's, times must fit into a month, and nobody is no choice", async () => {
    const { id: planId } = await made();
    await expect(made()).rejects.toMatchObject({ reason: "cleanup:plan_name_taken" });
    const runBefore = { amount: 26, unit: "days" } as const;
    await expect(changePlan(context, { planId, runBefore })).rejects.toMatchObject({
      reason: "cleanup:too_early",
    });
    const nobody = { name: "Nobody", choice: firstChoice, ...timing };
    await expect(createPlan(context, nobody)).rejects.toMatchObject({ reason: "cleanup:nobody_chosen" });
    await deletePlan(context, { planId });
    await expect(deletePlan(context, { planId })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("nothing is missed at an update that another calendar would have had", async () => {
  await made();
  await tick(day("11-28"));
  await tick(day("11-30"));
  await saveBilling(at(day("12-05")), { timeZone: "America/New_York" });
  await sql`update account set time_zone = 'America/New_York' where id = ${context.accountId}`.execute(
    database.db,
  );
  await tick(day("12-06"));
  expect(await notices("notice_plan_missed")).toEqual([]);
});
