import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, at, hours, running, work } from "#test/workflow.ts";
import { dismissAll } from "../builder/queries.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import { retryParked, unenroll } from "./retry-parked.ts";
import { listContactWorkflows, listEnrollments, listHistory, showNumbers } from "./show-history.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const steps = [
  { id: "d", type: "delay", until: { kind: "passed", amount: 5, unit: "hours" }, next: "a" },
  { id: "a", type: "set_status", value: "non_marketing" },
];

/** A workflow with a delay and three contacts in it: Anna, Bo and Cecilia. */
async function story() {
  const context = await account(database.db);
  const ids = await buildContacts(context.db, context.accountId, 3);
  for (const [place, firstname] of ["Anna", "Bo", "Cecilia"].entries())
    await sql`update contact set firstname = ${firstname}, lastname = 'Rask'
      where account_id = ${context.accountId} and id = ${ids[place]}`.execute(context.db);
  const workflow = await running(context, { start: "d", steps, triggers: [{ type: "opted_out" }] });
  await enrollContacts(context, { workflow, ids, cause: 0 });
  await work(context, workflow);
  return { context, ids, workflow, workflowId: workflow.id };
}

const NOT_ON = "The workflow that these contacts should enter is not on. Turn it on and try again.";
const rest = { query: "", limit: 50 };

describe("listEnrollments", () => {
  it("finds contacts by words, state and step, with what brought them in", async () => {
    const { context, ids, workflowId } = await story();
    const found = async (asked: object) => {
      const { enrollments } = await listEnrollments(context, { workflowId, ...rest, ...asked });
      return enrollments.map(({ contact, state, step, cause }) => [contact.name, state, step, cause]);
    };
    expect(await found({})).toHaveLength(3);
    expect(await found({ query: "cec ras" })).toEqual([["Cecilia Rask", "waiting", "d", "0"]]);
    expect(await found({ query: "nobody" })).toEqual([]);
    expect(await found({ query: "…" })).toEqual([]);
    await dismissAll(context, workflowId, { reason: "by_hand", contactIds: ids.slice(0, 1) });
    expect(await found({ state: "left" })).toEqual([["Anna Rask", "left", "d", "0"]]);
    expect(await found({ state: "waiting", step: "a" })).toEqual([]);
    expect(await found({ state: "waiting", step: "d", query: "bo" })).toHaveLength(1);
  });

  it("pages through everybody once", async () => {
    const { context, workflowId } = await story();
    const first = await listEnrollments(context, { workflowId, query: "rask", limit: 2 });
    const second = await listEnrollments(context, {
      workflowId,
      query: "rask",
      limit: 2,
      after: first.after ?? "",
    });
    const names = [...first.enrollments, ...second.enrollments].map(({ contact }) => contact.name);
    expect(names).toEqual(["Cecilia Rask", "Bo Rask", "Anna Rask"]);
    expect(second.after).toBeNull();
  });
});

describe("listHistory", () => {
  it("finds entries by words, kind and outcome", async () => {
    const { context, ids, workflow, workflowId } = await story();
    await work(at(context, hours(5)), workflow);
    const found = async (asked: object) => {
      const { entries } = await listHistory(context, { workflowId, ...rest, ...asked });
      return entries.map(({ contact, kind, outcome }) => [contact.name, kind, outcome].join(" "));
    };
    expect(await found({ query: "anna" })).toEqual([
      "Anna Rask finished ",
      "Anna Rask done already",
      "Anna Rask done passed",
      "Anna Rask enrolled 0",
    ]);
    expect(await found({ outcome: "already", contactId: ids[1] })).toEqual(["Bo Rask done already"]);
    expect(await found({ kind: "enrolled" })).toHaveLength(3);
    expect(await found({ kind: "parked" })).toEqual([]);
  });
});

describe("what a branch read", () => {
  it("stays as it was when it was decided, whatever becomes of it", async () => {
    const { context, ids } = await story();
    const filter = {
      filterGroups: [
        { filters: [{ propertyName: "city", operator: "EQ", value: "Lund" }] },
        { filters: [{ propertyName: "lastname", operator: "EQ", value: "Ek" }] },
      ],
    };
    const branch = { id: "b", type: "branch", branches: [{ name: "Lund", filter, next: null }], next: null };
    const workflow = await running(context, { start: "b", steps: [branch] });
    await sql`update contact set city = 'lund' where id = ${ids[0]}`.execute(context.db);
    await enrollContacts(context, { workflow, ids, cause: 0 });
    await work(context, workflow);
    await sql`update contact set city = 'Kiruna' where account_id = ${context.accountId}`.execute(context.db);
    const { entries } = await listHistory(context, {
      workflowId: workflow.id,
      ...rest,
      step: "b",
      kind: "done",
    });
    const name = { propertyName: "lastname", value: "Rask" };
    expect(entries.map(({ contact, outcome, read }) => [contact.name, outcome, read])).toEqual([
      ["Cecilia Rask", "next", [{ propertyName: "city", value: null }, name]],
      ["Bo Rask", "next", [{ propertyName: "city", value: null }, name]],
      ["Anna Rask", "0", [{ propertyName: "city", value: "lund" }, name]],
    ]);
  });
});

describe("showNumbers", () => {
  it("sums who entered, ended and is inside, day by day without gaps", async () => {
    const { context, ids, workflow, workflowId } = await story();
    await dismissAll(at(context, hours(72)), workflowId, { reason: "by_hand", contactIds: ids.slice(0, 1) });
    const later = at(context, hours(96));
    await work(later, workflow);
    const { total, days, inside } = await showNumbers(later, { workflowId });
    expect(total).toEqual({ enrolled: 3, finished: 2, left: 1 });
    expect(inside).toEqual([]);
    const day = { enrolled: 0, finished: 0, left: 0, retrying: 0, parked: 0 };
    expect(days).toEqual([
      { ...day, day: "2026-11-18", enrolled: 3, active: 3 },
      { ...day, day: "2026-11-19", active: 3 },
      { ...day, day: "2026-11-20", active: 3 },
      { ...day, day: "2026-11-21", left: 1, active: 2 },
      { ...day, day: "2026-11-22", finished: 2, active: 0 },
    ]);
    expect((await showNumbers(later, { workflowId, days: 2 })).days.map(({ active }) => active)).toEqual([
      2, 0,
    ]);
  });

  it("tells who stands where by the version that each is in", async () => {
    const { context, ids, workflowId } = await story();
    await sql`update workflow_enrollment set version = 2
      where account_id = ${context.accountId} and contact_id = ${ids[0]}`.execute(context.db);
    const at = { step: "d", state: "waiting" };
    expect((await showNumbers(context, { workflowId })).inside).toEqual([
      { ...at, version: 1, contacts: 2 },
      { ...at, version: 2, contacts: 1 },
    ]);
  });
});

describe("showNumbers, of who entered", () => {
  it("counts as entered who entered, not whom a step enrolled in another workflow", async () => {
    const context = await account(database.db);
    const ids = await buildContacts(context.db, context.accountId, 2);
    const other = await running(context, { start: "d", steps });
    const into = { id: "e", type: "enroll", workflowId: other.id };
    const workflow = await running(context, { start: "e", steps: [into] });
    await enrollContacts(context, { workflow, ids, cause: "manual" });
    await work(context, workflow);
    const { total, days } = await showNumbers(context, { workflowId: workflow.id });
    expect(total).toEqual({ enrolled: 2, finished: 2, left: 0 });
    expect(days).toMatchObject([{ enrolled: 2, finished: 2, active: 0 }]);
  });

  it("has no days before anything happened", async () => {
    const context = await account(database.db);
    const { id: workflowId } = await running(context, { start: "d", steps });
    expect(await showNumbers(context, { workflowId })).toMatchObject({
      days: [],
      total: { enrolled: 0, finished: 0, left: 0 },
    });
  });
});

describe("those who are parked", () => {
  it("are counted, try again one by one, and are taken out together", async () => {
    const context = await account(database.db);
    const ids = await buildContacts(context.db, context.accountId, 2);
    const other = await running(context, { start: "d", steps });
    await sql`update workflow set state = 'off', name = 'Other'
      where account_id = ${context.accountId} and id = ${other.id}`.execute(context.db);
    const into = { id: "e", type: "enroll", workflowId: other.id };
    const workflow = await running(context, { start: "e", steps: [into] });
    const workflowId = workflow.id;
    await enrollContacts(context, { workflow, ids, cause: "manual" });
    await work(context, workflow);
    const { inside, days } = await showNumbers(context, { workflowId });
    expect(inside).toEqual([{ step: "e", version: 1, state: "parked", contacts: 2 }]);
    expect(days).toMatchObject([{ enrolled: 2, parked: 2, active: 2 }]);
    const parked = await listEnrollments(context, { workflowId, ...rest, state: "parked" });
    expect(parked.enrollments.map(({ reason }) => reason)).toEqual([NOT_ON, NOT_ON]);
    const enrollmentIds = parked.enrollments.slice(1).map(({ id }) => id);
    expect(await retryParked(context, { workflowId, enrollmentIds })).toEqual({ retried: 1 });
    expect(await unenroll(context, { workflowId, parked: { step: "e" } })).toEqual({ left: 1 });
    expect(await unenroll(context, { workflowId, parked: {} })).toEqual({ left: 0 });
  });
});

describe("a receiver that is away", () => {
  const place = "127.0.0.1:9";
  beforeAll(() => {
    process.env["HEADROOM_OUTBOUND_ALLOW"] = place;
  });
  afterAll(() => {
    delete process.env["HEADROOM_OUTBOUND_ALLOW"];
  });

  it("is counted once by those who begin to be retried, and by no step", async () => {
    const context = await account(database.db);
    const ids = await buildContacts(context.db, context.accountId, 2);
    const url = `http://${place}/`;
    const workflow = await running(context, { start: "w", steps: [{ id: "w", type: "webhook", url }] });
    await enrollContacts(context, { workflow, ids, cause: "manual" });
    await work(context, workflow);
    const later = at(context, hours(1));
    await work(later, workflow);
    const { days, steps, inside } = await showNumbers(later, { workflowId: workflow.id });
    expect(days).toMatchObject([{ enrolled: 2, retrying: 2, active: 2 }]);
    expect(inside).toEqual([{ step: "w", version: 1, state: "retrying", contacts: 2 }]);
    expect(steps).toEqual([{ step: "", outcome: "enrolled", contacts: 2 }]);
    const tries = await listHistory(later, { workflowId: workflow.id, ...rest, kind: "info" });
    expect(tries.entries).toHaveLength(4);
  });
});

describe("listContactWorkflows", () => {
  it("tells a contact's ways with their entries, and what the versions do, once", async () => {
    const { context, ids, workflow, workflowId } = await story();
    await work(at(context, hours(5)), workflow);
    const [contactId = ""] = ids;
    await enrollContacts(context, { workflow, ids: [contactId], cause: "manual" });
    const { enrollments, definitions } = await listContactWorkflows(context, { contactId });
    expect(enrollments).toMatchObject([
      { workflow: { id: workflowId, deleted: false }, state: "active", version: 1, cause: "manual" },
      { state: "finished", step: "a", entries: [{ kind: "finished" }, {}, {}, { kind: "enrolled" }] },
    ]);
    expect(definitions).toMatchObject([{ workflowId, version: 1, definition: { start: "d" } }]);
  });
});
