import type { z } from "zod";
import type * as contract from "#contract/review.ts";
import { tierNeeded } from "#server/billing/growth-policy.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { requireExpected } from "#server/operations/require-expected.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { operationScope } from "../bulk/queries.ts";
import { loadGrowth } from "../holds/load-growth.ts";
import { approvalRoom } from "./preview-approval.ts";
import { countDecided, heldAmong, lastPlace } from "./queries.ts";

type Approving = z.output<typeof contract.startApproval.input>;
type Declining = z.output<typeof contract.startDecline.input>;

/**
 * Starts the approval if it still raises as many contacts as the person confirmed, and buys the step that was shown.
 * Who found room is fixed here, the oldest first.
 */
export function startApproval(
  context: Context,
  { selection, source, expect, tier }: Approving,
): Promise<{ operationId: string }> {
  return inTransaction(context, async (context) => {
    const growth = await loadGrowth(context);
    const room = approvalRoom(growth);
    const held = heldAmong(context, await selectContacts(context, selection), source);
    const last = await lastPlace(context, { scope: held, ...room });
    const { operationId } = await startOperation(context, {
      kind: "approve_held",
      params: { tier, last },
      scope: held,
      orderBy: "since",
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    const scope = operationScope(context, operationId);
    const groups = await countDecided(context, { scope, ...room, last });
    const approved = groups.find(({ outcome }) => outcome === "approved")?.contacts ?? 0;
    requireExpected(expect, approved);
    const needed = tierNeeded(growth, growth.usage + approved);
    if (needed !== tier) throw stepChanged(needed ?? growth.contactLimit);
    return { operationId };
  });
}

/** The step that was shown is not the one it takes now. */
function stepChanged(tier: number | null): AppError {
  return new AppError("count_changed", "marketing-status:step_changed", { tier: tier ?? 0 });
}

/** Starts ending the wait of these contacts; they stay non-marketing. */
export function startDecline(
  context: Context,
  { selection, source, expect }: Declining,
): Promise<{ operationId: string; total: number }> {
  return inTransaction(context, async (context) => {
    const scope = heldAmong(context, await selectContacts(context, selection), source);
    const started = await startOperation(context, {
      kind: "decline_held",
      scope,
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    requireExpected(expect, started.total);
    return { operationId: started.operationId, total: started.total };
  });
}
