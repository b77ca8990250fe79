import type { RawBuilder } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { countChanging } from "./preview-status.ts";
import { countGroups, countGroupsBy, type GroupCount } from "./queries.ts";

interface Lowering {
  /** scheduled, unheld, already_waiting, already_non_marketing, skipped: they add up to the scope. */
  readonly groups: readonly GroupCount[];
  /** Contacts whose state will change. */
  readonly willChange: number;
}

/** What setting these living contacts (a select of one column `id`) as non-marketing would do, by the act's own query. */
export async function countLowering(context: Context, scope: RawBuilder<unknown>): Promise<Lowering> {
  const groups = await countGroups(context, { scope, to: "non_marketing", includeProtected: true });
  return { groups, willChange: countChanging(groups) };
}

/** The same for a scope with a further column, with how many have each of its values. */
export async function countLoweringBy(
  context: Context,
  scope: RawBuilder<unknown>,
  by: string,
): Promise<Lowering & { readonly parts: readonly { readonly by: string; readonly contacts: number }[] }> {
  const parts = await countGroupsBy(context, { scope, to: "non_marketing", includeProtected: true }, by);
  const groups = new Map<string, GroupCount>();
  for (const { outcome, reason, contacts } of parts) {
    const key = `${outcome}:${reason}`;
    groups.set(key, { outcome, reason, contacts: (groups.get(key)?.contacts ?? 0) + contacts });
  }
  return { groups: [...groups.values()], willChange: countChanging([...groups.values()]), parts };
}
