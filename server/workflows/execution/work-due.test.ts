import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, at, history, hours, november, running, states, work } from "#test/workflow.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const lower = { id: "a", type: "set_status", value: "non_marketing" };

describe("workDue", () => {
  it("sets contacts as non-marketing, records each and finishes", async () => {
    const context = await account(database.db);
    const ids = await buildContacts(context.db, context.accountId, 3);
    await setMarketing(context, { ids: ids.slice(0, 2), sourceType: "USER_SET" });
    const workflow = await running(context, { start: "a", steps: [lower] });
    await enrollContacts(context, { workflow, ids, cause: "manual" });
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished a": 3 });
    expect(await history(context, workflow)).toEqual({
      "a done already": 1,
      "a done set": 2,
      "a finished": 3,
      "enrolled manual": 3,
    });
    expect(await verifyAccount(context)).toMatchObject({ differences: [] });
  });

  it("waits, and goes on when the time has come", async () => {
    const context = await account(database.db);
    const ids = await buildContacts(context.db, context.accountId, 2);
    const workflow = await running(context, {
      start: "d",
      steps: [
        { id: "d", type: "delay", until: { kind: "passed", amount: 5, unit: "hours" }, next: "a" },
        lower,
      ],
    });
    await enrollContacts(context, { workflow, ids, cause: "manual" });
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "waiting d": 2 });
    await work(at(context, hours(4)), workflow);
    expect(await states(context, workflow)).toEqual({ "waiting d": 2 });
    await work(at(context, hours(5)), workflow);
    expect(await states(context, workflow)).toEqual({ "finished a": 2 });
  });
});

describe("contacts on their way", () => {
  it("branches on filters and on outcomes", async () => {
    const context = await account(database.db);
    const ids = await buildContacts(context.db, context.accountId, 4);
    await sql`update contact set city = 'Lund' where account_id = ${context.accountId} and id = ${ids[0]}`.execute(
      context.db,
    );
    const filter = { filterGroups: [{ filters: [{ propertyName: "city", operator: "EQ", value: "lund" }] }] };
    const workflow = await running(context, {
      start: "b",
      steps: [
        { id: "b", type: "branch", branches: [{ name: "Lund", filter, next: "u" }], next: "a" },
        { ...lower, branches: { already: "x" } },
        { id: "u", type: "set_status", value: "marketing" },
        { id: "x", type: "end" },
      ],
    });
    await enrollContacts(context, { workflow, ids, cause: "manual" });
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished u": 1, "finished x": 3 });
    expect(await verifyAccount(context)).toMatchObject({ differences: [] });
  });

  it("lets a deleted contact leave, who does not come back when restored", async () => {
    const context = await account(database.db);
    const [id = ""] = await buildContacts(context.db, context.accountId, 1);
    const workflow = await running(context, {
      start: "d",
      steps: [
        { id: "d", type: "delay", until: { kind: "passed", amount: 5, unit: "hours" }, next: "a" },
        lower,
      ],
    });
    await enrollContacts(context, { workflow, ids: [id], cause: "manual" });
    await work(context, workflow);
    await sql`update contact set deleted_at = ${november} where account_id = ${context.accountId} and id = ${id}`.execute(
      context.db,
    );
    await sql`update contact set deleted_at = null where account_id = ${context.accountId} and id = ${id}`.execute(
      context.db,
    );
    await work(at(context, hours(6)), workflow);
    expect(await states(context, workflow)).toEqual({ "left d deleted": 1 });
    const { rows } = await sql`select step, outcome, contacts::int as contacts from workflow_tally
      where account_id = ${context.accountId} and outcome = 'left'`.execute(context.db);
    expect(rows).toEqual([{ step: "d", outcome: "left", contacts: 1 }]);
  });
});

it("a way of an outcome that leads nowhere ends there, and does not go on with the others", async () => {
  const context = await account(database.db);
  const ids = await buildContacts(context.db, context.accountId, 1);
  const happening = { type: "opted_out" };
  const limit = { amount: 1, unit: "days" };
  const workflow = await running(context, {
    start: "s",
    steps: [
      { id: "s", type: "set_status", value: "marketing", next: "d" },
      { id: "d", type: "delay", until: { kind: "happening", happening, limit, timedOut: null }, next: "n" },
      { id: "n", type: "set_status", value: "non_marketing" },
    ],
  });
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  await work(context, workflow);
  await work(at(context, hours(25)), workflow);
  expect(await states(context, workflow)).toEqual({ "finished d": 1 });
});

describe("entering", () => {
  it("takes nobody twice, and nobody again without re-enrollment", async () => {
    const context = await account(database.db);
    const ids = await buildContacts(context.db, context.accountId, 2);
    const workflow = await running(context, { start: "a", steps: [lower], reenroll: { manual: false } });
    const enroll = () => enrollContacts(context, { workflow, ids, cause: "manual" });
    await Promise.all([enroll(), enroll(), enroll()]);
    expect(await enroll()).toEqual([{ outcome: "already_in", contactIds: ids }]);
    await work(context, workflow);
    expect(await enroll()).toEqual([{ outcome: "been_before", contactIds: ids }]);
    expect(await states(context, workflow)).toEqual({ "finished a": 2 });
  });
});
