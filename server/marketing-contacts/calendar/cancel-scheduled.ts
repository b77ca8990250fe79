import type { z } from "zod";
import type * as contract from "#contract/calendar.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { classifyWaiting } from "#server/marketing-status/status/unschedule.ts";
import { requireExpected } from "#server/operations/require-expected.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { selectScheduledUsage } from "../usage/queries.ts";
import {
  countClassified,
  fixedScope,
  type GroupCount,
  selectWaitingContacts,
  waitingFor,
} from "./queries.ts";

/** What cancelling all or part of an update date would do, from the query that then does it. */
export async function previewCancel(
  context: Context,
  { instant: at, includeProtected, ...part }: z.output<typeof contract.previewCancel.input>,
): Promise<z.input<typeof contract.previewCancel.reply>> {
  const { calendar, now, contactLimit, maximum } = await loadBilling(context);
  const instant = new Date(at);
  requireAhead(instant, now);
  const scope = waitingFor(context, { ...part, instant });
  const groups = await countClassified(
    context,
    classifyWaiting(context, { scope, instant, includeProtected }),
  );
  const [present, then] = await selectScheduledUsage(context, [now, instant]);
  const willChange = countUnscheduled(groups);
  return {
    total: groups.reduce((sum, { contacts }) => sum + contacts, 0),
    groups,
    willChange,
    now: present?.marketing ?? 0,
    without: then?.marketing ?? 0,
    with: (then?.marketing ?? 0) + willChange,
    instant: instant.toISOString(),
    timeZone: calendar.timeZone,
    contactLimit,
    maximum,
  };
}

/** Starts the operation, if it still changes as many as were confirmed. Who waits is fixed first, then counted. */
export function startCancel(
  context: Context,
  { instant: at, includeProtected, expect, ...part }: z.output<typeof contract.startCancel.input>,
): Promise<{ operationId: string }> {
  return inTransaction(context, async (context) => {
    const instant = new Date(at);
    requireAhead(instant, (await loadBilling(context)).now);
    const started = await startOperation(context, {
      kind: "cancel_scheduled",
      params: { instant: instant.toISOString(), includeProtected, cancels: part.operationId ?? null },
      scope: waitingFor(context, { ...part, instant }),
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    const scope = fixedScope(context, started.operationId);
    const groups = await countClassified(
      context,
      classifyWaiting(context, { scope, instant, includeProtected }),
    );
    requireExpected(expect, countUnscheduled(groups));
    return { operationId: started.operationId };
  });
}

/** Who waits for an update date. */
export async function listScheduled(
  context: Context,
  { instant, after = "0", limit, ...part }: z.output<typeof contract.listScheduled.input>,
): Promise<z.input<typeof contract.listScheduled.reply>> {
  const page = { ...part, instant: new Date(instant), after, limit: limit + 1 };
  const rows = await selectWaitingContacts(context, page);
  const contacts = rows.slice(0, limit);
  return { contacts, after: rows.length > limit ? (contacts.at(-1)?.id ?? null) : null };
}

function countUnscheduled(groups: readonly GroupCount[]): number {
  return groups
    .filter(({ outcome }) => outcome === "unscheduled")
    .reduce((sum, { contacts }) => sum + contacts, 0);
}

/** Once an update has come, taking it back would be a raise. */
function requireAhead(instant: Date, now: Date): void {
  if (instant <= now)
    throw new AppError("conflict", "calendar:update_has_come", { instant: instant.toISOString() });
}
