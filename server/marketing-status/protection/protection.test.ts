import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registerOperationKinds } from "#server/operations/operation-kind.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { operationKinds } from "../bulk/operation-kinds.ts";
import { changeBilling } from "../calendar/change-billing.ts";
import { pinContact } from "../record/pin-contact.ts";
import { setContactStatus, undoContactStatus } from "../record/set-contact-status.ts";
import { showContactStatus } from "../record/show-contact-status.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { setNonMarketing } from "../status/set-non-marketing.ts";
import { verifyAccount } from "../verify/verify-account.ts";
import { addContactFact, liftContactFact } from "./change-facts.ts";
import { changeMarketingSettings } from "./change-settings.ts";
import { startOptOut } from "./start-opt-out.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  registerOperationKinds(operationKinds);
});
afterAll(() => database.close());

const source = { sourceType: "USER_SET" } as const;
const november = new Date("2026-11-18T10:00:00Z");

async function marketed(contacts: number): Promise<{ context: Context; ids: string[] }> {
  const accountId = await buildAccount(database.db);
  const context = buildContext(database.db, { accountId, clock: fixedClock(november) });
  const ids = await buildContacts(database.db, accountId, contacts);
  await setMarketing(context, { ids, ...source });
  return { context, ids };
}

test("who opts out leaves at the next update, and stays when it is lifted before then", async () => {
  const { context, ids } = await marketed(1);
  const contactId = ids[0] as string;
  const left = await addContactFact(context, { contactId, kind: "opt_out", reason: "" });
  expect(left).toMatchObject({ status: "waiting", protected: true, until: "2026-11-30T23:00:00.000Z" });
  expect(left.changes[0]).toMatchObject({ kind: "scheduled", reason: "protected" });

  const back = await liftContactFact(context, { contactId, kind: "opt_out" });
  expect(back).toMatchObject({ status: "marketing", protected: false, until: null });
});

test("lifting a protection does not cancel what a person had scheduled", async () => {
  const { context, ids } = await marketed(1);
  const contactId = ids[0] as string;
  await setNonMarketing(context, { ids, ...source });
  await addContactFact(context, { contactId, kind: "complaint", reason: "" });
  expect(await liftContactFact(context, { contactId, kind: "complaint" })).toMatchObject({
    status: "waiting",
  });
});

test("an account can keep protected contacts", async () => {
  const { context, ids } = await marketed(1);
  await changeMarketingSettings(context, { scheduleProtected: false });
  const kept = await addContactFact(context, { contactId: ids[0] as string, kind: "opt_out", reason: "" });
  expect(kept).toMatchObject({ status: "marketing", protected: true });
});

test("opting many out is one operation that schedules them, and undoing it does both back", async () => {
  const { context, ids } = await marketed(3);
  const { operationId } = await startOptOut(context, { selection: { ids }, expect: 3 });
  await runOperation(context, { operationId });
  expect((await showOperation(context, { operationId })).outcomes).toEqual([
    { outcome: "opted_out", reason: "", contacts: 3 },
  ]);
  expect(await showContactStatus(context, { contactId: ids[0] as string })).toMatchObject({
    status: "waiting",
  });

  const undo = await undoOperation(context, { operationId });
  await runOperation(context, undo);
  expect(await showContactStatus(context, { contactId: ids[0] as string })).toMatchObject({
    status: "marketing",
    facts: [],
  });
  expect((await verifyAccount(context)).differences).toEqual([]);
});

test("one contact is raised in spite of protection, but a pin refuses, and the latest entry can be taken back", async () => {
  const { context, ids } = await marketed(1);
  const contactId = ids[0] as string;
  await addContactFact(context, { contactId, kind: "bounce", reason: "unknown_user" });
  const raised = await setContactStatus(context, { contactId, to: "marketing" });
  expect(raised).toMatchObject({ outcome: "unscheduled", contact: { status: "marketing", protected: true } });

  const changeId = raised.contact.undo?.changeId as string;
  expect(await undoContactStatus(context, { contactId, changeId })).toMatchObject({ outcome: "scheduled" });
  await expect(undoContactStatus(context, { contactId, changeId })).rejects.toMatchObject({
    reason: "marketing-status:changed_since",
  });
  await pinContact(context, { contactId, pin: "never" });
  await expect(setContactStatus(context, { contactId, to: "marketing" })).rejects.toMatchObject({
    reason: "marketing-status:pinned_never",
  });
});

test("an earlier calendar moves waiting contacts, a later one does not", async () => {
  const { context, ids } = await marketed(2);
  await setNonMarketing(context, { ids, ...source });
  const until = async () => (await showContactStatus(context, { contactId: ids[0] as string })).until;
  const move = async (renewalOn: string) => {
    const { moved } = await changeBilling(context, { renewalOn });
    const { rows } = await sql<{
      id: string;
    }>`select id from operation where account_id = ${context.accountId}
      and kind = 'reschedule_waiting' and state = 'queued'`.execute(context.db);
    for (const { id } of rows) await runOperation(context, { operationId: id });
    return moved;
  };
  expect(await move("2026-12-20")).toBe(2);
  expect(await until()).toBe("2026-11-19T23:00:00.000Z");
  expect(await move("2026-12-28")).toBe(0);
  expect(await until()).toBe("2026-11-19T23:00:00.000Z");
  expect((await verifyAccount(context)).differences).toEqual([]);
});
