import { tellBefore } from "#server/billing/alerts/watch-limits.ts";
import type { Barrier } from "#server/billing/growth-policy.ts";
import { moveTier } from "#server/billing/move-tier.ts";
import { isTier } from "#server/billing/tier.ts";
import { recordEvent } from "#server/events/record-event.ts";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { type GrowthNow, loadGrowth } from "../holds/load-growth.ts";
import { endHeld, type HoldEnd } from "../holds/queries.ts";
import type { SourceType } from "../marketing-status.ts";
import { applyChange } from "../status/apply-change.ts";
import { enterGuard } from "../status/enter-guard.ts";
import { approvalPlan, type DecidedGroup, decide, type LastPlace } from "./queries.ts";

interface Approval {
  readonly ids: readonly string[];
  readonly operationId: string;
  /** The step that was shown and is bought when it is needed; null: the present tier has to do. */
  readonly tier: number | null;
  /** The last that found room when this was confirmed. */
  readonly last: LastPlace | null;
}

/**
 * Raises held contacts, oldest first, each put down to the source that asked for it. It may pass the contact limit up to
 * the step that was confirmed, never the maximum. Outcomes: approved, still_held (limit or maximum), skipped (protected,
 * pinned, passed), no_longer_held, missing. Records `marketing.held_approved`, so that what waited can go on.
 */
export function approveHeld(
  context: Context,
  { ids, operationId, tier, last }: Approval,
): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    const growth = await enterGuard(context, { contacts: ids.length, alone: true });
    const step = stillThere(growth, tier);
    const groups = await decide(context, { ids, last, ...roomUpTo(growth, step) });
    const outcomes: Outcome[] = [];
    for (const group of groups) {
      outcomes.push(...(await takeUp(context, group, operationId)));
    }
    await buyStep(context, step, growth.usage);
    return merged(outcomes);
  });
}

/** The step that was confirmed, unless the price book has been edited since and has it no more: then nobody buys it. */
function stillThere({ prices }: GrowthNow, tier: number | null): number | null {
  return tier !== null && prices !== null && isTier(prices, tier) ? tier : null;
}

/** Each group once, whatever sources its contacts have. */
function merged(outcomes: readonly Outcome[]): Outcome[] {
  const groups = new Map<string, Outcome>();
  for (const group of outcomes) {
    const key = `${group.outcome}:${group.reason ?? ""}`;
    const before = groups.get(key)?.contactIds ?? [];
    groups.set(key, { ...group, contactIds: [...before, ...group.contactIds] });
  }
  return [...groups.values()];
}

/** Places up to the step that was confirmed, or to the maximum. */
function roomUpTo(
  { contactLimit, maximum, usage }: GrowthNow,
  tier: number | null,
): { contacts: number; barrier: Barrier } {
  const limit = contactLimit === null ? 1_000_000_000 : Math.max(contactLimit, tier ?? 0);
  const top = Math.min(limit, maximum ?? limit);
  return { contacts: Math.max(0, top - usage), barrier: top === maximum ? "maximum" : "limit" };
}

async function takeUp(
  context: Context,
  { outcome, reason, ids, ...source }: DecidedGroup,
  operationId: string,
): Promise<Outcome[]> {
  if (outcome !== "approved") {
    const by = endings[reason];
    if (by !== undefined) await endHeld(context, { ids, by, operationId });
    return [{ outcome, reason, contactIds: ids }];
  }
  const sourceType = source.sourceType as SourceType;
  const { sourceId } = source;
  const outcomes = await applyChange(context, {
    ids,
    operationId,
    sourceType,
    sourceId,
    reason: "approved",
    guard: "none",
    raises: "approved",
    insertKind: "set_marketing",
    plan: (pending) => approvalPlan(context, pending),
  });
  await endHeld(context, { ids, by: "approved", operationId });
  const details = { sourceType, sourceId, contactIds: ids };
  await recordEvent(context, { type: "marketing.held_approved", operationId, details });
  return outcomes;
}

/** Those who must not be raised any more wait for nothing. */
const endings: Record<string, HoldEnd> = { protected: "protected", pinned: "pinned", passed: "lowered" };

async function buyStep(context: Context, tier: number | null, before: number): Promise<void> {
  const { contactLimit, usage } = await loadGrowth(context);
  if (tier !== null && contactLimit !== null && usage > contactLimit && tier > contactLimit) {
    await tellBefore(context, before);
    await moveTier(context, { tier, why: "approved" });
  }
}
