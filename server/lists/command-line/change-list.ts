import type { FullList } from "#contract/lists.ts";
import * as contract from "#contract/lists.ts";
import { readId } from "#server/filters/read-selection.ts";
import type { Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { parseInput } from "#server/platform/parse-input.ts";
import { text } from "#server/platform/texts.ts";
import { convertList } from "../definition/convert-list.ts";
import { deleteList, restoreList } from "../definition/delete-list.ts";
import { findListId } from "../definition/lists-source.ts";
import { updateList } from "../definition/update-list.ts";
import { listUses } from "../overview/list-uses.ts";
import { showList } from "../overview/show-list.ts";

/** `headroom list rename`. */
export async function changeList(
  context: Context,
  output: Output,
  { typed, name }: { readonly typed: string; readonly name: string },
): Promise<number> {
  const listId = await findListId(context, typed);
  const input = parseInput(contract.updateList.input, { listId, name });
  return sayDone(output, await updateList(context, input));
}

/** `headroom list convert | restore`; a deleted list has only its number. */
export async function printChange(
  context: Context,
  output: Output,
  { typed, act }: { readonly typed: string; readonly act: "convert" | "restore" },
): Promise<number> {
  if (act === "restore") return sayDone(output, await restoreList(context, { listId: readId(typed) }));
  return sayDone(output, await convertList(context, { listId: await findListId(context, typed) }));
}

/** `headroom list delete`. */
export async function removeList(
  context: Context,
  output: Output,
  options: { readonly typed: string; readonly evenIfViews?: boolean; readonly dryRun?: boolean },
): Promise<number> {
  const listId = await findListId(context, options.typed);
  const { name } = await showList(context, { listId });
  const { uses } = await listUses(context, { listId });
  if (options.dryRun) {
    output.line(text(output.language, "lists:said_would_delete", { name }));
    for (const use of uses) output.line(`  ${use.kind}: ${use.name ?? use.key ?? use.id}`);
    output.json({ dryRun: true, list: listId, uses });
    return 0;
  }
  await deleteList(context, { listId, evenIfViews: options.evenIfViews ? "true" : "false" });
  output.line(text(output.language, "lists:said_deleted", { name }));
  output.json({ list: listId, deleted: true });
  return 0;
}

function sayDone(output: Output, list: FullList): number {
  output.line(text(output.language, "lists:said_done", { name: list.name }));
  output.json({ ...list });
  return 0;
}
