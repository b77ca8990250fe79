import { notify } from "#server/accounts/notices/notify.ts";
import { listMembers, type Member } from "#server/accounts/roles/granters.ts";
import { type Billing, planHas } from "#server/billing/billing.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { nextUpdateInstant, previousUpdateInstant } from "#server/billing/update-instant.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { startStatusFor } from "#server/marketing-status/bulk/start-status.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { AppError } from "#server/platform/errors.ts";
import { chosenContacts } from "../wizard/choose-contacts.ts";
import { chosenOf } from "../wizard/cleanup-choice.ts";
import { countScheduled } from "../wizard/review-choice.ts";
import { planMoments, runAfterNotice } from "./cleanup-plan.ts";
import { namesOfReaders } from "./list-plans.ts";
import {
  endRun,
  insertRun,
  isOfOtherCalendar,
  lockPlan,
  type PausedReason,
  type PlanRow,
  selectAccountsWithPlans,
  selectOverdue,
  selectPlans,
  selectRun,
  updatePlan,
} from "./queries.ts";

const link = "/marketing-contacts/plans";
const permission = "marketing-contacts.edit";

/**
 * Announces and carries out what is due, in every account. Safe with several workers and harmless to repeat: there is
 * one run for each plan and update instant, and whoever holds the plan decides about it.
 */
export async function runDuePlans(context: Context): Promise<void> {
  await eachAccount(context, await selectAccountsWithPlans(context), runAccountPlans);
}

/** The same for the account at hand. */
export async function runAccountPlans(context: Context): Promise<void> {
  const billing = await loadBilling(context);
  if (!billing.marketingEnabled) return;
  for (const { id } of await selectPlans(context)) {
    await inTransaction(context, async (context) => {
      const plan = await lockPlan(context, id, "skip");
      if (plan?.state === "on") await work(context, { plan, billing: await loadBilling(context) });
    });
  }
}

interface Work {
  readonly plan: PlanRow;
  readonly billing: Billing & { readonly now: Date };
}

async function work(context: Context, { plan, billing }: Work): Promise<void> {
  await closeMissed(context, { plan, billing });
  const { now, calendar } = billing;
  const updateAt = nextUpdateInstant(calendar, now);
  const { noticeAt } = planMoments(plan, { updateAt, timeZone: calendar.timeZone });
  const run = await selectRun(context, plan.id, updateAt);
  const due = run === undefined ? now >= noticeAt : run.state === "announced" && now >= run.runAt;
  if (!due) return;
  const reason = await whyNot(context, { plan, billing });
  if (reason !== null) return pause(context, { plan, updateAt, reason });
  if (run === undefined) await announce(context, { plan, billing, updateAt });
  else await carryOut(context, { plan, updateAt });
}

/** Nothing is carried out after its update: it is said instead, once. */
async function closeMissed(context: Context, { plan, billing }: Work): Promise<void> {
  const { id: planId } = plan;
  for (const updateAt of await selectOverdue(context, planId)) {
    if (await endRun(context, { planId, updateAt, state: "missed", reason: "not_running" }))
      await sayMissed(context, plan, updateAt);
  }
  const updateAt = previousUpdateInstant(billing.calendar, billing.now);
  const { runAt } = planMoments(plan, { updateAt, timeZone: billing.calendar.timeZone });
  if (plan.onSince >= runAt || (await isOfOtherCalendar(context, updateAt))) return;
  const missed = { planId, updateAt, runAt, state: "missed", reason: "not_running" } as const;
  if (await insertRun(context, missed)) await sayMissed(context, plan, updateAt);
}

function sayMissed(context: Context, { ownerId, name }: PlanRow, updateAt: Date): Promise<void> {
  return notify(context, {
    to: { userIds: [ownerId] },
    key: "marketing-contacts:notice_plan_missed",
    details: { name, date: updateAt.toISOString() },
    link,
    mail: true,
  });
}

async function whyNot(context: Context, { plan, billing }: Work): Promise<PausedReason | null> {
  if (!planHas(billing.plan, "planned-cleanups")) return "plan";
  if ((await ownerOf(context, plan)) === undefined) return "permission";
  try {
    await chosenContacts(context, chosenOf(plan.choice));
    return null;
  } catch (error) {
    if (error instanceof AppError) return "choice";
    throw error;
  }
}

/** The owner, if they may still do this. */
async function ownerOf(context: Context, { ownerId }: PlanRow): Promise<Member | undefined> {
  const members = await listMembers(context);
  return members.find(({ id, permissions }) => id === ownerId && permissions.has(permission));
}

interface Pause {
  readonly plan: PlanRow;
  readonly updateAt: Date;
  readonly reason: PausedReason;
}

/** Nobody is changed; admins are told and one click takes the plan over. */
async function pause(context: Context, { plan, updateAt, reason }: Pause): Promise<void> {
  await endRun(context, { planId: plan.id, updateAt, state: "paused", reason });
  await updatePlan(context, { ...plan, state: "paused", pausedReason: reason });
  await recordEvent(context, { type: "cleanup_plan.paused", details: { planId: plan.id, reason } });
  await notify(context, {
    to: { permission: "users.edit" },
    key: `marketing-contacts:notice_plan_paused_${reason}`,
    details: { name: plan.name },
    link,
    mail: true,
  });
}

/** Says how many, until when it can be stopped, and who gets this. */
async function announce(
  context: Context,
  { plan, billing, updateAt }: Work & { updateAt: Date },
): Promise<void> {
  const { id: planId, name } = plan;
  const { now, calendar } = billing;
  const moments = planMoments(plan, { updateAt, timeZone: calendar.timeZone });
  const runAt = runAfterNotice(moments, { now, updateAt });
  if (runAt === null) {
    const missed = { planId, updateAt, runAt: moments.runAt, state: "missed", reason: "too_late" } as const;
    if (await insertRun(context, missed)) await sayMissed(context, plan, updateAt);
    return;
  }
  const count = await countScheduled(context, await chosenContacts(context, chosenOf(plan.choice)));
  const nobody =
    count === 0 ? ({ state: "done", reason: "nobody" } as const) : ({ state: "announced" } as const);
  if (!(await insertRun(context, { planId, updateAt, runAt, announced: count, ...nobody })) || count === 0)
    return;
  const names = (await namesOfReaders(context)).join(", ");
  await notify(context, {
    to: { permission },
    key: "marketing-contacts:notice_plan_ahead",
    details: {
      name,
      count,
      until: runAt.toISOString(),
      date: updateAt.toISOString(),
      names,
    },
    link,
    mail: true,
  });
}

/** One operation with its owner's rights; its id closes the run in the same transaction. */
async function carryOut(
  context: Context,
  { plan, updateAt }: { plan: PlanRow; updateAt: Date },
): Promise<void> {
  const { id: planId, name } = plan;
  const owner = (await ownerOf(context, plan)) as Member;
  const chosen = chosenOf(plan.choice);
  const { id, permissions, language, timeZone } = owner;
  const actor = { type: "user" as const, id, permissions, language, timeZone, operator: false };
  const { operationId } = await startStatusFor(
    { ...context, actor },
    {
      scope: await chosenContacts(context, chosen),
      to: "non_marketing",
      includeProtected: true,
      expect: null,
      params: { cleanup: { planId, name, ...chosen } },
      source: { sourceType: "USER_SET", sourceId: id },
    },
  );
  await endRun(context, { planId, updateAt, state: "done", operationId });
}
