import type { Selection } from "#contract/filters.ts";
import { countContacts } from "#server/contacts/index/count-contacts.ts";
import { readSelection, type ScopeOptions } from "#server/filters/read-selection.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { workAndPrint } from "#server/operations/print-outcome.ts";
import type { Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { readCount } from "#server/platform/typed-count.ts";
import { findListId } from "../definition/lists-source.ts";
import { requireType } from "../definition/require-list.ts";
import { startAdding, startRemoving } from "../members/start-change.ts";

export interface ChangeOptions extends ScopeOptions {
  readonly dryRun?: boolean;
  readonly expect?: string;
}

/** `headroom list add | remove`: one operation, worked here when no worker runs. */
export async function changeMembers(
  context: Context,
  output: Output,
  { typed, act, ...options }: ChangeOptions & { readonly typed: string; readonly act: "add" | "remove" },
): Promise<number> {
  const listId = await findListId(context, typed);
  await requireType(context, listId, "static");
  const selection = await readSelection(context, options, ["filter", "ids", "list"]);
  if (options.dryRun) return sayScope(context, output, selection);
  const start = act === "add" ? startAdding : startRemoving;
  const { operationId } = await start(context, { listId, selection, expect: optionalCount(options.expect) });
  return workAndPrint(context, output, { operationId, list: listId });
}

async function sayScope(context: Context, output: Output, selection: Selection): Promise<number> {
  await selectContacts(context, selection);
  const total = "ids" in selection ? selection.ids.length : (await countContacts(context, selection)).total;
  const number = readableNumber(output.language, total);
  output.line(text(output.language, "lists:said_would_change", { count: total, number }));
  output.json({ dryRun: true, total });
  return 0;
}

export function optionalCount(typed: string | undefined): number | undefined {
  return typed === undefined ? undefined : readCount(typed);
}
