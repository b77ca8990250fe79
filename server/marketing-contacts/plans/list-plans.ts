import type { z } from "zod";
import type { listCleanupPlans as endpoint } from "#contract/cleanup-plans.ts";
import { listMembers } from "#server/accounts/roles/granters.ts";
import { planHas } from "#server/billing/billing.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { nextUpdateInstant } from "#server/billing/update-instant.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import type { Context } from "#server/platform/context.ts";
import { planMoments } from "./cleanup-plan.ts";
import { type PlanRow, type RunRow, selectPlans, selectRuns } from "./queries.ts";

type Reply = z.input<typeof endpoint.reply>;

/** All plans with what comes next and what was; also told to those whose account lacks plans, for what it would do. */
export async function listPlans(context: Context): Promise<Reply> {
  const { calendar, now, plan } = await loadBilling(context);
  const rows = await selectPlans(context);
  const runs = await selectRuns(context);
  const nameOf = await nameActors(
    context,
    rows.map(({ ownerId }) => ({ type: "user", id: ownerId })),
  );
  const updateAt = nextUpdateInstant(calendar, now);
  const { timeZone } = calendar;
  return {
    plans: rows.map((row) => {
      const moments = planMoments(row, { updateAt, timeZone });
      const own = runs.filter(({ planId }) => planId === row.id);
      const current = own.find((run) => run.updateAt.getTime() === updateAt.getTime());
      return {
        ...presentPlan(row, nameOf({ type: "user", id: row.ownerId })),
        next: {
          updateAt: updateAt.toISOString(),
          noticeAt: moments.noticeAt.toISOString(),
          runAt: moments.runAt.toISOString(),
          run: current === undefined ? null : presentRun(current),
        },
        history: own.filter((run) => run !== current).map(presentRun),
      };
    }),
    included: planHas(plan, "planned-cleanups"),
    readers: await namesOfReaders(context),
    timeZone,
  };
}

/** Who gets the notices, by name. */
export async function namesOfReaders(context: Context): Promise<string[]> {
  const members = await listMembers(context);
  return members
    .filter(({ permissions }) => permissions.has("marketing-contacts.edit"))
    .map(({ name }) => name);
}

function presentPlan(
  { id, name, choice, ownerId, runBefore, noticeBefore, state, pausedReason }: PlanRow,
  owner: string | null,
) {
  return {
    id,
    name,
    choice,
    owner: { id: ownerId, name: owner ?? "" },
    runBefore,
    noticeBefore,
    state,
    pausedReason,
  };
}

function presentRun(row: RunRow): NonNullable<Reply["plans"][number]["next"]["run"]> {
  const { state, announced, operationId, scheduled, reason } = row;
  return {
    updateAt: row.updateAt.toISOString(),
    announcedAt: row.announcedAt?.toISOString() ?? null,
    runAt: row.runAt.toISOString(),
    state,
    announced,
    operationId,
    scheduled,
    reason,
  };
}
