import type { Context } from "#server/platform/context.ts";
import type { Difference } from "../upkeep.ts";
import { bringBackMemberships, forgetKept, putByMemberships, selectKnown } from "./queries.ts";

/**
 * What somebody's deletion, restoring or merging means for static lists. Who lives is asked first, so that each
 * statement is about an array of ids and never compares one large set with another.
 */
export async function keepStaticLists(context: Context, ids: readonly string[]): Promise<Difference[]> {
  if (ids.length === 0) return [];
  const known = new Map((await selectKnown(context, ids)).map(({ id, living }) => [id, living]));
  const living = ids.filter((id) => known.get(id) === true);
  const deleted = ids.filter((id) => known.get(id) === false);
  const missing = ids.filter((id) => !known.has(id));
  const gone = [...deleted, ...missing];
  if (missing.length > 0) await forgetKept(context, missing);
  return [
    ...(gone.length > 0 ? await putByMemberships(context, { ids: gone, deleted }) : []),
    ...(living.length > 0 ? await bringBackMemberships(context, living) : []),
  ];
}
