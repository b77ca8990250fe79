import { type RawBuilder, sql } from "kysely";
import { whereMatches } from "#server/filters/select-contacts.ts";
import { inLists } from "#server/lists/list.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { isInLists } from "./queries.ts";

/**
 * Whether contact `c` is in any of these lists at this moment, also where a list has not heard of it yet. Where a list
 * cannot be looked through, because it has been deleted or its filter cannot be read, its memberships decide.
 */
export async function isSuppressed(
  context: Context,
  listIds: readonly string[],
): Promise<RawBuilder<boolean>> {
  if (listIds.length === 0) return sql<boolean>`false`;
  try {
    const where = await whereMatches(context, { filter: inLists(...listIds), query: "" });
    return sql<boolean>`coalesce(${where}, false)`;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return isInLists(context, listIds);
  }
}
