import { type RawBuilder, sql } from "kysely";
import type { Happening, WorkflowDefinition } from "#contract/workflow-definition.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { standingFact } from "../definition/standing-fact.ts";
import { lastEnrollment, startStanding } from "../enrollment/start-enrolling.ts";
import { whoMet } from "../triggers/keep-filters.ts";
import { hasBeenIn, isAnyone } from "./queries.ts";

interface TurnedOn {
  readonly workflowId: string;
  readonly version: number;
  readonly definition: WorkflowDefinition;
}

/**
 * Enters those who meet a trigger when the workflow is turned on, as the trigger would have brought them: one operation
 * for each trigger. Whom several of them mean enters once, by the first that may bring it in.
 */
export async function enrollStanding(context: Context, turnedOn: TurnedOn): Promise<void> {
  const { workflowId, definition } = turnedOn;
  const since = await lastEnrollment(context);
  const entering: RawBuilder<unknown>[] = [];
  for (const [trigger, happening] of definition.triggers.entries()) {
    const met = await metBy(context, turnedOn, { trigger, happening });
    if (met === null) continue;
    const again = definition.reenroll.on.includes(trigger);
    const mine = sql`select c.id from (${met}) met join contact c on c.account_id = ${context.accountId} and c.id = met.id
      where c.deleted_at is null and not ${hasBeenIn(context, workflowId, again)}`;
    const scope = sql.join([mine, ...entering], sql` except `);
    entering.push(mine);
    if (await isAnyone(context, scope)) await startStanding(context, { workflowId, scope, trigger, since });
  }
}

/** A select of one column `id`; null where nothing tells who meets the trigger already. */
async function metBy(
  context: Context,
  { workflowId, version }: TurnedOn,
  { trigger, happening }: { trigger: number; happening: Happening },
): Promise<RawBuilder<unknown> | null> {
  if (happening.type === "filter_met")
    return whoMet(context, { workflowId, version, place: String(trigger) });
  const filter = standingFact(happening);
  return filter && selectContacts(context, { filter, query: "" });
}
