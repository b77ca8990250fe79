import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { showTimeline } from "#server/contacts/timeline/show-timeline.ts";
import { showCalendar } from "#server/marketing-contacts/calendar/show-calendar.ts";
import { showUsageChanges } from "#server/marketing-contacts/usage/show-usage-changes.ts";
import { showContactStatus } from "#server/marketing-status/record/show-contact-status.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, running, work } from "#test/workflow.ts";
import { enrollContacts } from "../../enrollment/enroll-contacts.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

it("what a workflow sets is put down to it by name, wherever it is told", async () => {
  const context = await account(database.db);
  const ids = await buildContacts(context.db, context.accountId, 1);
  const [contactId = ""] = ids;
  await setMarketing(context, { ids, sourceType: "USER_SET" });
  const steps = [{ id: "a", type: "set_status", value: "non_marketing" }];
  const workflow = await running(context, { start: "a", steps });
  await sql`update workflow set name = 'Leavers' where account_id = ${context.accountId} and id = ${workflow.id}`.execute(
    context.db,
  );
  await enrollContacts(context, { workflow: { ...workflow, name: "Leavers" }, ids, cause: "manual" });
  await work(context, { ...workflow, name: "Leavers" });
  const source = { type: "WORKFLOW", id: workflow.id, name: "Leavers" };
  const { changes } = await showContactStatus(context, { contactId });
  expect(changes[0]).toMatchObject({ source });
  const { entries } = await showTimeline(context, { contactId, limit: 10 });
  expect(entries[0]).toMatchObject({ kind: "status", source });
  const operationId = changes[0]?.operationId as string;
  expect(await showOperation(context, { operationId })).toMatchObject({ source });
  const { lines } = await showUsageChanges(context, {});
  expect(lines.find((line) => line.operationId === operationId)).toMatchObject({ name: "Leavers" });
  const { dates } = await showCalendar(context);
  expect(JSON.stringify(dates)).toContain('"name":"Leavers"');
});
