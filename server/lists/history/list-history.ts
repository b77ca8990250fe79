import type { z } from "zod";
import type * as contract from "#contract/lists.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import type { Context } from "#server/platform/context.ts";
import { requireList } from "../definition/require-list.ts";
import { selectHistory } from "./queries.ts";

type Reply = z.input<typeof contract.listHistory.reply>;

/** What was done to a list, and who joined and left it, newest first. */
export async function listHistory(
  context: Context,
  { listId, after, limit }: z.output<typeof contract.listHistory.input>,
): Promise<Reply> {
  await requireList(context, listId);
  const rows = await selectHistory(context, { listId, after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const nameOf = await nameActors(
    context,
    shown.map(({ actorType, actorId }) => ({ type: actorType, id: actorId })),
  );
  return {
    entries: shown.map(({ actorType, actorId, at, ...row }) => {
      const actor = { type: actorType as "user", id: actorId };
      return { ...row, at: at.toISOString(), actor: { ...actor, name: nameOf(actor) } };
    }),
    after: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
