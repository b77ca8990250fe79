import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadBilling } from "#server/billing/load-billing.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { previewStatus } from "../bulk/preview-status.ts";
import { startStatus } from "../bulk/start-status.ts";
import { setContactStatus } from "../record/set-contact-status.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { showUsage } from "../usage/show-usage.ts";
import { verifyAccount } from "../verify/verify-account.ts";
import { gainMarketingContacts, loseMarketingContacts } from "./lose-marketing-contacts.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

async function account(): Promise<{ context: Context; ids: string[] }> {
  const accountId = await buildAccount(database.db);
  const context = buildContext(database.db, { accountId });
  const ids = await buildContacts(database.db, accountId, 5);
  await setMarketing(context, { ids: ids.slice(0, 3), sourceType: "USER_SET" });
  await sql`insert into marketing_pin (account_id, contact_id, pin, at, actor_type)
    values (${accountId}, ${ids[0]}, 'always', now(), 'system')`.execute(database.db);
  return { context, ids };
}

const work = (context: Context, id: string | null) => workOperation(context, id ?? "", () => {});

test("losing marketing contacts schedules everybody who counts, pinned or not, and can be undone", async () => {
  const { context } = await account();
  const lost = await loseMarketingContacts(context);
  expect(lost.contacts).toBe(3);
  await work(context, lost.operationId);
  expect((await loadBilling(context)).marketingEnabled).toBe(false);
  expect(await showUsage(context, {})).toMatchObject({ marketing: 3, waiting: 3, atNextUpdate: 0 });
  expect(await loseMarketingContacts(context)).toEqual({ operationId: null, contacts: 0 });

  await gainMarketingContacts(context);
  const { operationId } = await undoOperation(context, { operationId: lost.operationId ?? "" });
  await work(context, operationId);
  expect(await showUsage(context, {})).toMatchObject({ marketing: 3, waiting: 0 });
  expect((await verifyAccount(context)).differences).toEqual([]);
});

test("without marketing contacts nobody is raised, by hand or by any source", async () => {
  const { context, ids } = await account();
  await loseMarketingContacts(context);
  const one = { contactId: ids[4] ?? "", to: "marketing" } as const;
  await expect(setContactStatus(context, one)).rejects.toThrow("billing:marketing_contacts_missing");
  const selection = { ids: ids.slice(3) };
  const many = { selection, to: "marketing", includeProtected: false, expect: 2 } as const;
  await expect(startStatus(context, many)).rejects.toThrow("billing:marketing_contacts_missing");
  // A dry run promises nothing that would be refused.
  await expect(previewStatus(context, many)).rejects.toThrow("billing:marketing_contacts_missing");
  const outcomes = await setMarketing(context, { ids: ids.slice(3), sourceType: "FORM_SUBMISSION" });
  expect(outcomes).toMatchObject([{ outcome: "refused" }]);
  expect((await showUsage(context, {})).marketing).toBe(3);
});

test("enabling is one operation and one event, and everybody is non-marketing", async () => {
  const { context } = await account();
  await loseMarketingContacts(context);
  const { operationId } = await gainMarketingContacts(context);
  expect(await gainMarketingContacts(context)).toEqual({ operationId: null });
  expect(await showOperation(context, { operationId: operationId ?? "" })).toMatchObject({
    kind: "gain_marketing_contacts",
    state: "done",
    total: 0,
    source: { type: "INITIAL_STATE" },
  });
  const { rows } = await sql<{ type: string }>`select type from event
    where account_id = ${context.accountId} and type like 'marketing_contacts.%' order by id`.execute(
    context.db,
  );
  expect(rows.map(({ type }) => type)).toEqual(["marketing_contacts.lost", "marketing_contacts.enabled"]);
});
