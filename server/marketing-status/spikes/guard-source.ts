import { notify } from "#server/accounts/notices/notify.ts";
import { listMembers } from "#server/accounts/roles/granters.ts";
import { recordEvent } from "#server/events/record-event.ts";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { countGroups } from "../bulk/queries.ts";
import { changingOutcomes, type StatusChange } from "../marketing-status.ts";
import { livingContacts } from "../status/classify.ts";
import { addPace, growPause, insertPause, type SourceKey, selectPace } from "./queries.ts";
import { allowance, type Direction, isAutomatic } from "./spike-guard.ts";

interface Guarded {
  readonly change: StatusChange & { readonly includeProtected?: boolean };
  readonly direction: Direction;
  readonly act: (context: Context) => Promise<Outcome[]>;
}

/**
 * The one place that changes of status by automatic sources pass. One that would raise or lower too many contacts within
 * an hour is paused instead, and until a person lets it go on everything it asks for has the outcome `paused`. Then it
 * may do what that person has seen that it asks for, and go on at its usual pace.
 * People's own acts, and what follows from an opt-out or a bounce, are not held up.
 */
export function guardSource(context: Context, { change, direction, act }: Guarded): Promise<Outcome[]> {
  if (!isAutomatic(change.sourceType) || change.reason !== undefined) return act(context);
  return inTransaction(context, async (context) => {
    const source = { sourceType: change.sourceType, sourceId: change.sourceId ?? "" };
    const pace = await selectPace(context, source);
    const paused = [{ outcome: "paused", contactIds: change.ids }];
    if (pace.isPaused) {
      await askAgain(context, { change, direction });
      return paused;
    }
    const threshold = allowance(pace, direction);
    const already = direction === "raise" ? pace.raised : pace.lowered;
    if (already + change.ids.length > threshold) {
      const contacts = already + (await countWanted(context, change, direction));
      if (contacts > threshold) {
        const isFirst = await pause(context, { ...source, direction, contacts, threshold });
        if (!isFirst) await askAgain(context, { change, direction });
        return paused;
      }
    }
    const outcomes = await act(context);
    const changed = countChanged(outcomes);
    const done = direction === "raise" ? { raised: changed, lowered: 0 } : { raised: 0, lowered: changed };
    if (changed > 0) await addPace(context, { ...source, ...done });
    return outcomes;
  });
}

/** Contacts of a workflow wait at their step and each asks once; what other sources ask for again may be the same. */
async function askAgain(context: Context, { change, direction }: Omit<Guarded, "act">): Promise<void> {
  if (change.sourceType !== "WORKFLOW") return;
  const source = { sourceType: change.sourceType, sourceId: change.sourceId ?? "" };
  const contacts = await countWanted(context, change, direction);
  if (contacts > 0) await growPause(context, { ...source, direction, contacts });
}

/** How many the act would change, by its own query. */
async function countWanted(
  context: Context,
  { ids, includeProtected = false }: Guarded["change"],
  direction: Direction,
): Promise<number> {
  const groups = await countGroups(context, {
    scope: livingContacts(context, ids),
    ids,
    to: direction === "raise" ? "marketing" : "non_marketing",
    includeProtected,
  });
  return groups
    .filter(({ outcome }) => changingOutcomes.includes(outcome))
    .reduce((sum, { contacts }) => sum + contacts, 0);
}

function countChanged(outcomes: readonly Outcome[]): number {
  return outcomes
    .filter(({ outcome }) => changingOutcomes.includes(outcome))
    .reduce((sum, { contactIds }) => sum + contactIds.length, 0);
}

interface Spike extends SourceKey {
  readonly direction: Direction;
  readonly contacts: number;
  readonly threshold: number;
}

/** Tells those who may let it go on, each once; false when somebody else has paused it at this moment. */
async function pause(context: Context, spike: Spike): Promise<boolean> {
  if (!(await insertPause(context, spike))) return false;
  await recordEvent(context, { type: "marketing.source_paused", details: { ...spike } });
  const members = await listMembers(context);
  const userIds = members
    .filter(
      ({ permissions }) => permissions.has("billing.edit") || permissions.has("marketing-contacts.edit"),
    )
    .map(({ id }) => id);
  await notify(context, {
    to: { userIds },
    key: `marketing-status:notice_paused_${spike.direction}`,
    details: { count: spike.contacts, threshold: spike.threshold },
    link: "/billing?tab=review",
    mail: true,
  });
  return true;
}
