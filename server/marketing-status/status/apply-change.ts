import { tellBefore } from "#server/billing/alerts/watch-limits.ts";
import { roomFor, tierNeeded } from "#server/billing/growth-policy.ts";
import { lockGuard } from "#server/billing/guard/lock-guard.ts";
import { moveTier } from "#server/billing/move-tier.ts";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { loadGrowth } from "../holds/load-growth.ts";
import { endHeldOfMarketing } from "../holds/queries.ts";
import { tellHeld } from "../holds/tell-held.ts";
import { planColumns, withinRoom } from "../holds/within-room.ts";
import { type Entered, enterGuard } from "./enter-guard.ts";
import { type Applied, applyPlan, hasDue, type PlannedChange } from "./queries.ts";
import { settleSome } from "./settle-some.ts";

/** How often contacts are tried again that others keep changing at the same moment. */
const ROUNDS = 20;

interface Change extends Omit<PlannedChange, "plan" | "holds"> {
  readonly plan: (ids: readonly string[]) => PlannedChange["plan"];
  /**
   * What may make a raise wrong takes the guard alone, a mere lowering needs none; a raise comes in by its room, or has
   * entered already.
   */
  readonly guard: "alone" | "none" | Entered;
  /**
   * Contacts may begin to count (`set_marketing`, `restored`): only as many as there is room for, the others are held or
   * refused. `approved` says that the room was found already, under the same guard.
   */
  readonly raises?: { readonly includeProtected: boolean } | "approved";
}

type Groups = Map<string, string[]>;

/**
 * Applies a plan to the contacts, settling first those whose time has passed, and again to those that somebody else
 * changed between reading and writing. The outcomes add up to `ids`; who no longer exists is `missing`.
 */
export function applyChange(context: Context, change: Change): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    const growth = await enter(context, change);
    if (await hasDue(context)) await settleSome(context, { ids: change.ids, limit: change.ids.length });
    const groups: Groups = new Map();
    let pending: readonly string[] = change.ids;
    for (let round = 0; pending.length > 0; round++) {
      if (round === ROUNDS)
        throw new Error(`${pending.length} contacts were changed by others ${ROUNDS} times in a row`);
      const planned = growth?.isAlone
        ? await limited(context, change, pending)
        : { ...change, plan: change.plan(pending) };
      pending = collect(groups, await applyPlan(context, planned), pending);
    }
    if (growth) await follow(context, { ...change, growth, groups });
    return [...groups].map(([key, contactIds]) => {
      const [outcome = "", reason = ""] = key.split(":");
      return { outcome, reason, contactIds };
    });
  });
}

/** Takes the guard. Limits come back only where they have to be kept. */
async function enter(context: Context, { guard, raises, ids }: Change): Promise<Entered | null> {
  if (typeof guard === "object") return guard;
  if (raises !== undefined && raises !== "approved") {
    return enterGuard(context, { contacts: ids.length, alone: guard === "alone" });
  }
  if (guard === "alone") {
    await lockGuard(context);
    await tellBefore(context);
  }
  return null;
}

/** The plan with as many raises as there is room for at this moment. */
async function limited(context: Context, change: Change, pending: readonly string[]): Promise<PlannedChange> {
  const growth = await loadGrowth(context);
  const room = roomFor(growth, growth.usage, pending.length);
  const plan = withinRoom(context, change.plan(pending), {
    room,
    hasHeld: growth.hasHeld,
    columns: planColumns,
  });
  const holds = typeof change.raises === "object" ? change.raises : undefined;
  return { ...change, plan, ...(room?.beyond === "held" ? { holds } : {}) };
}

interface Followed extends Change {
  readonly growth: Entered;
  readonly groups: Groups;
}

/** What raises bring with them: a tier that they need, holds that they end, and people to tell. */
async function follow(context: Context, { growth, groups, ...change }: Followed): Promise<void> {
  const ids = (outcome: string) =>
    [...groups].flatMap(([key, found]) => (key.startsWith(`${outcome}:`) ? found : []));
  const raised = [...ids("set_marketing"), ...ids("restored")];
  if (growth.isAlone && raised.length > 0) {
    const tier = tierNeeded(growth, (await loadGrowth(context)).usage);
    if (tier !== null && growth.policy === "move_up") {
      await tellBefore(context, growth.usage);
      await moveTier(context, { tier, why: "moved_up" });
    }
  }
  const { operationId = null } = change;
  if (growth.hasHeld && raised.length > 0) await endHeldOfMarketing(context, { ids: raised, operationId });
  const held = ids("held").length;
  if (held > 0) await tellHeld(context, { ...change, contacts: held });
}

/** Adds what is final to the groups; returns who has to be tried again. */
function collect(groups: Groups, { groups: found, changed }: Applied, pending: readonly string[]): string[] {
  const done = changed === null ? undefined : new Set(changed);
  const again: string[] = [];
  let seen = 0;
  for (const group of found) {
    seen += group.ids.length;
    const final = group.planned && done ? group.ids.filter((id) => done.has(id)) : group.ids;
    if (group.planned && done) again.push(...group.ids.filter((id) => !done.has(id)));
    add(groups, `${group.outcome}:${group.reason}`, final);
  }
  if (seen < pending.length) {
    const known = new Set(found.flatMap(({ ids }) => ids));
    add(
      groups,
      "missing:",
      pending.filter((id) => !known.has(id)),
    );
  }
  return again;
}

function add(groups: Groups, key: string, ids: readonly string[]): void {
  if (ids.length > 0) groups.set(key, [...(groups.get(key) ?? []), ...ids]);
}
