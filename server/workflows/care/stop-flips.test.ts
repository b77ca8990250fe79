import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, at, hours, running, states, turnedOn, work } from "#test/workflow.ts";
import { turnOnWorkflow } from "../builder/turn-on.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import { listContactWorkflows } from "../history/show-history.ts";
import { loadRunning } from "../load-workflow.ts";
import { hearAll } from "../triggers/hear-workflows.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const whenever = (to: string, value: string) => ({
  triggers: [{ type: "status_changed", to }],
  reenroll: { manual: true, on: [0] },
  start: "a",
  steps: [{ id: "a", name: `Make it ${value}`, type: "set_status", value }],
});

/** Two workflows that set each other off, until nothing happens any more. */
async function quarrel() {
  const context = await account(database.db);
  const raises = await turnedOn(context, whenever("waiting", "marketing"));
  const lowers = await turnedOn(context, whenever("marketing", "non_marketing"));
  const [id = "", other = ""] = await buildContacts(context.db, context.accountId, 2);
  await setMarketing(context, { ids: [id], sourceType: "USER_SET" });
  for (let round = 0; round < 6; round++) {
    await hearAll(context);
    for (const workflow of [raises, lowers]) await work(context, workflow);
  }
  return { context, raises, lowers, id, other };
}

describe("two workflows that change a contact to and fro", () => {
  it("are named in its history and to those who build workflows", async () => {
    const { context, raises, lowers, id } = await quarrel();
    const { rows: ledger } = await sql<{ kind: string }>`select kind from marketing_change
      where account_id = ${context.accountId} and source_type = 'WORKFLOW' order by id`.execute(context.db);
    expect(ledger.map(({ kind }) => kind)).toEqual(["scheduled", "unscheduled", "scheduled"]);
    const named = `${raises.name} (Make it marketing), ${lowers.name} (Make it non_marketing)`;
    const { enrollments } = await listContactWorkflows(context, { contactId: id });
    const told = enrollments.flatMap(({ entries }) => entries.filter(({ outcome }) => outcome === "flips"));
    expect(told.map(({ workflow, kind }) => `${workflow.name} ${kind}`).toSorted()).toEqual([
      `${raises.name} info`,
      `${lowers.name} left`,
    ]);
    for (const { message } of told) expect(message).toContain(named);
    const { rows: notices } = await sql<{ details: object }>`select details from notice
      where account_id = ${context.accountId}`.execute(context.db);
    expect(notices).toEqual([{ details: { count: 1, workflows: named } }]);
  });

  it("leave it alone, but for others, by hand, and in another version", async () => {
    const { context, raises, lowers, id, other } = await quarrel();
    expect(await enrollContacts(context, { workflow: lowers, ids: [id, other], cause: 0 })).toEqual([
      { outcome: "enrolled", contactIds: [other] },
      { outcome: "stopped", contactIds: [id] },
    ]);
    expect(await enrollContacts(context, { workflow: raises, ids: [id], cause: "manual" })).toMatchObject([
      { outcome: "enrolled" },
    ]);
    await work(context, raises);
    await sql`update workflow set draft = jsonb_set(draft, '{steps,0,name}', '"Mended"')
      where account_id = ${context.accountId} and id = ${lowers.id}`.execute(context.db);
    await turnOnWorkflow(context, { workflowId: lowers.id, revision: 2, enrollExisting: false });
    const mended = await loadRunning(context, lowers.id);
    if (!mended) throw new Error("It is not on.");
    expect(await enrollContacts(context, { workflow: mended, ids: [id], cause: 0 })).toMatchObject([
      { outcome: "enrolled" },
    ]);
    expect(await verifyAccount(context)).toMatchObject({ differences: [] });
  });
});

describe("workflows that have flipped a contact", () => {
  it("lose also whoever waits inside the other", async () => {
    const context = await account(database.db);
    const [id = ""] = await buildContacts(context.db, context.accountId, 1);
    const wait = { id: "d", type: "delay", until: { kind: "passed", amount: 1, unit: "hours" } };
    const raises = await running(context, {
      start: "a",
      steps: [
        { id: "a", type: "set_status", value: "marketing", next: "d" },
        { ...wait, next: "b" },
        { id: "b", type: "set_status", value: "marketing", next: "e" },
        { ...wait, id: "e" },
      ],
    });
    const lowers = await running(context, {
      start: "a",
      steps: [{ id: "a", type: "set_status", value: "non_marketing" }],
    });
    const into = (workflow: typeof raises) =>
      enrollContacts(context, { workflow, ids: [id], cause: "manual" });
    await into(raises);
    await work(context, raises);
    await into(lowers);
    await work(context, lowers);
    await work(at(context, hours(1)), raises);
    expect(await states(context, raises)).toEqual({ "left b flips": 1 });
    expect(await states(context, lowers)).toEqual({ "finished a": 1 });
  });

  it("may do so when a day lies between", async () => {
    const context = await account(database.db);
    const [id = ""] = await buildContacts(context.db, context.accountId, 1);
    const make = (value: string) =>
      running(context, { start: "a", steps: [{ id: "a", type: "set_status", value }] });
    const [raises, lowers] = [await make("marketing"), await make("non_marketing")];
    for (const [hour, workflow] of [
      [0, raises],
      [12, lowers],
      [25, raises],
      [38, lowers],
    ] as const) {
      const then = at(context, hours(hour));
      await enrollContacts(then, { workflow, ids: [id], cause: "manual" });
      await work(then, workflow);
    }
    expect(await states(context, lowers)).toEqual({ "finished a": 2 });
  });
});
