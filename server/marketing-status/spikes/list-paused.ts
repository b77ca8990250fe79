import type { z } from "zod";
import type * as contract from "#contract/review.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import type { Context } from "#server/platform/context.ts";
import { nameSources } from "../record/name-sources.ts";
import { selectPauses } from "./queries.ts";

/** Sources that are paused now, then those that were resumed lately. */
export async function listPausedSources(
  context: Context,
): Promise<z.input<typeof contract.listPausedSources.reply>> {
  const rows = await selectPauses(context);
  const sourceName = await nameSources(context, rows);
  const people = rows.map(({ actorType, actorId }) => ({ type: actorType ?? "", id: actorId }));
  const actorName = await nameActors(context, people);
  const sources = rows.map(({ sourceType, sourceId, actorType, actorId, pausedAt, resumedAt, ...row }) => {
    const source = { type: sourceType, id: sourceId === "" ? null : sourceId };
    const who = actorType && { type: actorType, id: actorId };
    return {
      ...row,
      source: { ...source, name: sourceName(source) },
      pausedAt: pausedAt.toISOString(),
      resumedAt: resumedAt?.toISOString() ?? null,
      resumedBy: who && { ...who, name: actorName(who) },
    };
  });
  return { sources };
}
