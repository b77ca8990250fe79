import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Permission } from "#contract/permissions.ts";
import { startStatus } from "#server/marketing-status/bulk/start-status.ts";
import { changeBilling } from "#server/marketing-status/calendar/change-billing.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { settleAccount } from "#server/marketing-status/status/settle-due-changes.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { changeReminder, showReminder } from "./change-reminder.ts";
import { listReceipts, sendReceipt } from "./send-receipts.ts";
import { remind } from "./send-reminders.ts";

let database: FreshDatabase;
let context: Context;
let ids: string[];
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

/** Monthly on the last day of October's kind, so that months of 30 days and the change of summer time are met. */
beforeEach(async () => {
  const { accountId, userId } = await buildOwner(database.db);
  await buildMember(database.db, accountId, "viewer");
  context = buildContext(database.db, { accountId, actor: { id: userId } });
  await sql`insert into billing_account
      (account_id, plan, counting, term, renewal_on, tier, currency, created_at, updated_at)
    values (${accountId}, 'starter', 'vendor', 'monthly', '2026-01-31', 3000, 'EUR', now(), now())
    on conflict (account_id) do update set plan = 'starter', counting = 'vendor', term = 'monthly',
      renewal_on = '2026-01-31', tier = 3000`.execute(database.db);
  await sql`update account set time_zone = 'Europe/Stockholm' where id = ${accountId}`.execute(database.db);
  ids = await buildContacts(database.db, accountId, 5);
  await sql`update contact set createdate = '2026-10-01' where account_id = ${accountId}`.execute(
    database.db,
  );
  await setMarketing(at("2026-10-05T12:00:00Z"), { ids, includeProtected: false, sourceType: "USER_SET" });
});

const at = (moment: string): Context => ({ ...context, clock: fixedClock(new Date(moment)) });

async function said(key: string): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ details: Record<string, unknown> }>`select details from notice
    where account_id = ${context.accountId} and key = ${`marketing-contacts:${key}`}`.execute(database.db);
  return rows.map(({ details }) => details);
}

async function bounce(count: number): Promise<void> {
  await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
    select ${context.accountId}, unnest(${ids.slice(0, count)}::bigint[]), 'bounce', now(), 'USER_SET', 'user', true`.execute(
    database.db,
  );
}

describe("the reminder", () => {
  test("comes so many local days before, once, to those who may act, with the last day", async () => {
    await bounce(2);
    // The update is 31 October, 00:00; five days before it is still summer time on the 25th's other side.
    await remind(at("2026-10-25T22:59:00Z"));
    expect(await said("notice_reminder")).toEqual([]);
    await Promise.all([remind(at("2026-10-25T23:00:00Z")), remind(at("2026-10-25T23:00:00Z"))]);
    await remind(at("2026-10-28T12:00:00Z"));
    expect(await said("notice_reminder")).toEqual([
      { count: 2, day: "2026-10-30", date: "2026-10-30T23:00:00.000Z" },
    ]);
    await remind(at("2026-11-24T23:00:00Z"));
    expect(await said("notice_reminder")).toHaveLength(2);
  });

  test("says nothing when nobody could go, and follows its setting", async () => {
    await remind(at("2026-10-26T12:00:00Z"));
    expect(await said("notice_reminder")).toEqual([]);
    expect(await showReminder(context)).toEqual({ reminderDays: 5 });
    await bounce(1);
    await changeReminder(context, { reminderDays: null });
    await remind(at("2026-11-28T12:00:00Z"));
    expect(await said("notice_reminder")).toEqual([]);
    await changeReminder(context, { reminderDays: 1 });
    await remind(at("2026-11-28T12:00:00Z"));
    expect(await said("notice_reminder")).toEqual([]);
    await remind(at("2026-11-29T12:00:00Z"));
    expect(await said("notice_reminder")).toMatchObject([{ count: 1, day: "2026-11-29" }]);
  });
});

describe("the receipt", () => {
  test("waits until the update is settled, then says what, by what, usage and savings, once", async () => {
    const before = at("2026-10-20T12:00:00Z");
    const selection = { ids: ids.slice(0, 2) };
    const { operationId } = await startStatus(before, {
      selection,
      to: "non_marketing",
      includeProtected: false,
      expect: 2,
    });
    await runOperation(before, { operationId });
    await setNonMarketing(before, { ids: ids.slice(2, 3), sourceType: "USER_SET" });
    const after = at("2026-10-30T23:01:00Z");
    await sendReceipt(after);
    expect(await said("notice_receipt")).toEqual([]);
    await settleAccount(after);
    await Promise.all([sendReceipt(after), sendReceipt(after)]);
    await sendReceipt(at("2026-11-03T12:00:00Z"));
    expect(await said("notice_receipt")).toEqual([
      { count: 3, before: 5, after: 2, date: "2026-10-30T23:00:00.000Z" },
    ]);
    expect(await listReceipts(after)).toEqual({
      timeZone: "Europe/Stockholm",
      receipts: [
        {
          updateAt: "2026-10-30T23:00:00.000Z",
          before: 5,
          after: 2,
          became: 3,
          by: [
            {
              operationId,
              kind: "operation",
              operationKind: "set_non_marketing",
              planName: null,
              contacts: 2,
            },
            { operationId: null, kind: "single", operationKind: null, planName: null, contacts: 1 },
          ],
          saved: { amount: 0, currency: "EUR", example: true },
        },
      ],
    });
  });
});

describe("receipts of several updates", () => {
  test("come for each that has passed, also one of the calendar there was before", async () => {
    await setNonMarketing(at("2026-10-20T12:00:00Z"), { ids: ids.slice(0, 1), sourceType: "USER_SET" });
    await changeBilling(at("2026-10-21T12:00:00Z"), { renewalOn: "2026-11-15" });
    await setNonMarketing(at("2026-11-02T12:00:00Z"), { ids: ids.slice(1, 3), sourceType: "USER_SET" });
    const after = at("2026-11-15T12:00:00Z");
    await settleAccount(after);
    await sendReceipt(after);
    await sendReceipt(after);
    expect(await said("notice_receipt")).toEqual([
      { count: 1, before: 5, after: 4, date: "2026-10-30T23:00:00.000Z" },
      { count: 2, before: 4, after: 2, date: "2026-11-14T23:00:00.000Z" },
    ]);
  });

  test("an update at which nothing became non-marketing has none", async () => {
    await sendReceipt(at("2026-11-01T12:00:00Z"));
    expect([await said("notice_receipt"), (await listReceipts(context)).receipts]).toEqual([[], []]);
  });
});

test("a receipt says what was saved only to those who may see billing", async () => {
  await setNonMarketing(at("2026-10-30T12:00:00Z"), { ids, sourceType: "USER_SET" });
  const after = at("2026-10-30T23:01:00Z");
  await settleAccount(after);
  await sendReceipt(after);
  const saved = async (permissions: readonly Permission[]) => {
    const actor = { ...after.actor, permissions: new Set(permissions) };
    return (await listReceipts({ ...after, actor })).receipts.map(({ saved }) => saved?.amount ?? null);
  };
  expect(await saved(["marketing-contacts.edit", "billing.view"])).toEqual([0]);
  expect(await saved(["marketing-contacts.edit"])).toEqual([null]);
});
