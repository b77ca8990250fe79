import type { FullList as Contract, ListRow } from "#contract/lists.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { text } from "#server/platform/texts.ts";
import { RESTORE_DAYS } from "../list.ts";
import { findUses } from "./list-uses.ts";
import { type OverviewRow, selectOverviewRow } from "./queries.ts";

export type FullList = Contract;

/** A list, deleted ones included for as long as they can be restored. */
export async function showList(context: Context, { listId }: { readonly listId: string }): Promise<FullList> {
  const row = await selectOverviewRow(context, listId);
  if (!row) throw new AppError("not_found", "lists:not_found", { listId });
  const [shown] = await presentLists(context, [row]);
  return {
    ...(shown as ListRow),
    filter: row.filter,
    convertedAt: row.convertedAt?.toISOString() ?? null,
  };
}

/** Rows as the list page shows them, named and counted for all at once. */
export async function presentLists(context: Context, rows: readonly OverviewRow[]): Promise<ListRow[]> {
  const uses = await findUses(
    context,
    rows.map(({ id }) => id),
  );
  const nameOf = await nameActors(
    context,
    rows.map(({ actorType, actorId }) => ({ type: actorType, id: actorId })),
  );
  return rows.map((row) => {
    const actor = { type: row.actorType as "user", id: row.actorId };
    return {
      ...present(context, row),
      createdBy: { ...actor, name: nameOf(actor) },
      uses: uses.filter(({ listId }) => listId === row.id).length,
    };
  });
}

function present({ actor }: Context, row: OverviewRow): Omit<ListRow, "createdBy" | "uses"> {
  const { id, name, type, folderId, members, updating, weekChange, problem, deletedAt } = row;
  return {
    id,
    name,
    type,
    folderId,
    members,
    updating,
    weekChange,
    problem: problem && text(actor.language, problem.reason, problem.details),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    membersChangedAt: row.membersChangedAt?.toISOString() ?? null,
    deletedAt: deletedAt?.toISOString() ?? null,
    purgedAt: deletedAt && new Date(deletedAt.getTime() + RESTORE_DAYS * 86_400_000).toISOString(),
  };
}
