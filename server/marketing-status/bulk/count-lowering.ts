import type { RawBuilder } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { countChanging } from "./preview-status.ts";
import { countGroups, type GroupCount } from "./queries.ts";

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
