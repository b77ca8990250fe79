import type { z } from "zod";
import type { listCleanupReceipts as endpoint } from "#contract/cleanup-plans.ts";
import { notify } from "#server/accounts/notices/notify.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { priceDifference } from "#server/billing/tier-effect.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import {
  isSettling,
  keepSaid,
  selectAccountsWithUsage,
  selectBecame,
  selectReceipts,
  selectUnsaid,
} from "./queries.ts";

type Receipt = z.input<typeof endpoint.reply>["receipts"][number];
type Kept = Omit<Receipt, "updateAt">;

/** Tells people after each update what became non-marketing, by what, and what that saves; once it is settled. */
export async function sendReceipts(context: Context): Promise<void> {
  await eachAccount(context, await selectAccountsWithUsage(context), sendReceipt);
}

/**
 * The same for the account at hand. An update at which nothing became non-marketing has no receipt; one that was of the
 * calendar before, or passed while no worker ran, has.
 */
export function sendReceipt(context: Context): Promise<void> {
  return inTransaction(context, async (context) => {
    if (await isSettling(context)) return;
    for (const updateAt of await selectUnsaid(context)) await tell(context, updateAt);
  });
}

async function tell(context: Context, updateAt: Date): Promise<void> {
  const details = await makeReceipt(context, updateAt);
  if (details === null || !(await keepSaid(context, { kind: "receipt", updateAt, details }))) return;
  const { became: count, before, after } = details;
  await notify(context, {
    to: { permission: "marketing-contacts.edit" },
    key: "marketing-contacts:notice_receipt",
    details: { count, before, after, date: updateAt.toISOString() },
    link: "/marketing-contacts/plans?receipt=latest",
    mail: true,
  });
}

async function makeReceipt(context: Context, updateAt: Date): Promise<Kept | null> {
  const rows = await selectBecame(context, updateAt);
  if (rows.length === 0) return null;
  const justBefore = new Date(updateAt.getTime() - 1);
  const before = (await showUsage(context, { at: justBefore.toISOString() })).marketing;
  const after = (await showUsage(context, { at: updateAt.toISOString() })).marketing;
  return {
    before,
    after,
    became: rows.reduce((sum, { contacts }) => sum + contacts, 0),
    by: rows.map(({ cleanup, ...row }) => ({ ...row, kind: kindOf(row, cleanup) })),
    saved: await priceDifference(context, { before, after }),
  };
}

function kindOf(row: { operationId: string | null; planName: string | null }, cleanup: boolean) {
  if (row.operationId === null) return "single";
  if (row.planName !== null) return "plan";
  return cleanup ? "wizard" : "operation";
}

export async function listReceipts(context: Context): Promise<z.input<typeof endpoint.reply>> {
  const { calendar } = await loadBilling(context);
  const rows = await selectReceipts(context);
  // Written by the system, read by people.
  const mayPrice = context.actor.permissions.has("billing.view");
  const receipts = rows.map(({ updateAt, details }) => {
    const kept = details as Kept;
    return { ...kept, saved: mayPrice ? kept.saved : null, updateAt: updateAt.toISOString() };
  });
  return { receipts, timeZone: calendar.timeZone };
}
