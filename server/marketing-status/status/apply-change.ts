import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { type Applied, applyPlan, hasDue, lockGuard, type PlannedChange, settle } from "./queries.ts";

/** How often contacts are tried again that others keep changing at the same moment. */
const ROUNDS = 20;

interface Change extends Omit<PlannedChange, "plan"> {
  readonly plan: (ids: readonly string[]) => PlannedChange["plan"];
  /** Raises share the guard, what may make a raise wrong takes it alone; a mere lowering needs neither. */
  readonly guard: "share" | "alone" | "none";
}

/**
 * Applies a plan to the contacts, settling first those whose time has passed, and again to those that somebody else
 * changed between reading and writing. The outcomes add up to `ids`; who no longer exists is `missing`.
 */
export function applyChange(context: Context, change: Change): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    if (change.guard !== "none") await lockGuard(context, change.guard);
    if (await hasDue(context)) await settle(context, { ids: change.ids, limit: change.ids.length });
    const groups = new Map<string, string[]>();
    let pending: readonly string[] = change.ids;
    for (let round = 0; pending.length > 0; round++) {
      if (round === ROUNDS)
        throw new Error(`${pending.length} contacts were changed by others ${ROUNDS} times in a row`);
      const applied = await applyPlan(context, { ...change, plan: change.plan(pending) });
      pending = collect(groups, applied, pending);
    }
    return [...groups].map(([key, contactIds]) => {
      const [outcome = "", reason = ""] = key.split(":");
      return { outcome, reason, contactIds };
    });
  });
}

/** Adds what is final to the groups; returns who has to be tried again. */
function collect(
  groups: Map<string, string[]>,
  { groups: found, changed }: Applied,
  pending: readonly string[],
): string[] {
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

function add(groups: Map<string, string[]>, key: string, ids: readonly string[]): void {
  if (ids.length > 0) groups.set(key, [...(groups.get(key) ?? []), ...ids]);
}
