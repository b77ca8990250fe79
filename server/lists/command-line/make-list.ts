import { setTimeout as sleep } from "node:timers/promises";
import * as contract from "#contract/lists.ts";
import { readFilter } from "#server/filters/read-selection.ts";
import { workAndPrint } from "#server/operations/print-outcome.ts";
import type { Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { parseInput } from "#server/platform/parse-input.ts";
import { readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { copyList } from "../definition/copy-list.ts";
import { type CreatedList, createList } from "../definition/create-list.ts";
import { findListId } from "../definition/lists-source.ts";
import { updateList } from "../definition/update-list.ts";
import { previewList } from "../overview/preview-list.ts";
import { showList } from "../overview/show-list.ts";
import { keepListsOf } from "../upkeep/keep-lists.ts";
import { optionalCount } from "./change-members.ts";

export interface MakeOptions {
  readonly filter?: string;
  readonly static?: boolean;
  readonly dryRun?: boolean;
  readonly expect?: string;
}

/** `headroom list create`. */
export async function makeList(
  context: Context,
  output: Output,
  { name, ...options }: MakeOptions & { readonly name: string },
): Promise<number> {
  const filter = options.filter === undefined ? undefined : readFilter(options.filter);
  if (options.dryRun) return sayPreview(output, await previewOf(context, filter));
  const isActive = filter !== undefined && !options.static;
  const input = {
    name,
    type: isActive ? "active" : "static",
    folderId: null,
    ...(isActive ? { filter } : {}),
    ...(filter && !isActive
      ? { selection: { filter, query: "" }, expect: optionalCount(options.expect) }
      : {}),
  };
  const created = await createList(context, parseInput(contract.createList.input, input));
  return report(context, output, created);
}

async function previewOf(
  context: Context,
  filter: ReturnType<typeof readFilter> | undefined,
): Promise<number> {
  return filter ? (await previewList(context, { filter })).total : 0;
}

function sayPreview(output: Output, total: number, more: Record<string, unknown> = {}): number {
  const number = readableNumber(output.language, total);
  output.line(text(output.language, "lists:said_would", { count: total, number }));
  output.json({ dryRun: true, total, ...more });
  return 0;
}

/** `headroom list copy`. */
export async function makeCopy(
  context: Context,
  output: Output,
  { typed, name, ...options }: { readonly typed: string; readonly name: string; readonly static?: boolean },
): Promise<number> {
  const listId = await findListId(context, typed);
  return report(
    context,
    output,
    await copyList(
      context,
      parseInput(contract.copyList.input, { listId, name, ...(options.static ? { type: "static" } : {}) }),
    ),
  );
}

/** `headroom list filter`. */
export async function changeFilter(
  context: Context,
  output: Output,
  { typed, ...options }: { readonly typed: string; readonly filter: string; readonly dryRun?: boolean },
): Promise<number> {
  const listId = await findListId(context, typed);
  const filter = readFilter(options.filter);
  if (options.dryRun) {
    const preview = await previewList(context, { filter, listId });
    return sayPreview(output, preview.total, preview);
  }
  const { name } = await updateList(context, { listId, filter });
  await untilRight(context, listId);
  output.line(text(output.language, "lists:said_done", { name }));
  output.json({ ...(await showList(context, { listId })) });
  return 0;
}

async function report(context: Context, output: Output, { list, operationId }: CreatedList): Promise<number> {
  const { id, name } = list;
  output.line(text(output.language, "lists:said_created", { id, name }));
  if (operationId) return workAndPrint(context, output, { operationId, list: id });
  await untilRight(context, id);
  const made = await showList(context, { listId: id });
  const number = readableNumber(output.language, made.members);
  output.line(text(output.language, "lists:said_members", { count: made.members, number }));
  output.json({ ...made });
  return 0;
}

const PAUSE_MS = 200;
const PATIENCE_MS = 600_000;

/** Works a new filter in here, or watches a worker do it. */
async function untilRight(context: Context, listId: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const worked = await keepListsOf(context);
    const { updating } = await showList(context, { listId });
    if (!updating) return;
    if (!worked) await sleep(PAUSE_MS);
  }
}
