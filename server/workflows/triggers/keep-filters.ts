import type { RawBuilder } from "kysely";
import type { Filter } from "#contract/filters.ts";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { dropHiddenLists, keepHiddenList, pauseLists } from "#server/lists/definition/hidden-list.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { type Listener, listenersOf } from "./happening-kind.ts";
import {
  deleteFilterLists,
  dropOldNews,
  type FilterList,
  insertFilterList,
  type ListeningVersion,
  markSettled,
  metBefore,
  selectBuilt,
  selectFilterLists,
  selectNewlyMeeting,
  storeMet,
} from "./queries.ts";

// Filters that workflows listen for. Each is a hidden list, whose joins say who has come to meet it; who met it before
// is written down in the transaction that begins to listen, so that its snapshot decides who is news.

export function placesOf({ definition, live }: ListeningVersion): Listener[] {
  return listenersOf(workflowDefinition.parse(definition), live);
}

export function listOf(
  lists: readonly FilterList[],
  at: Pick<FilterList, "workflowId" | "version" | "place">,
): FilterList | undefined {
  return lists.find(
    (list) => list.workflowId === at.workflowId && list.version === at.version && list.place === at.place,
  );
}

interface Kept {
  readonly workflowId: string;
  readonly version: number;
  readonly places: readonly Listener[];
}

/** Listens for the filters among these happenings from now on. */
export async function keepFilters(context: Context, { workflowId, version, places }: Kept): Promise<void> {
  for (const { place, happening } of places) {
    if (happening.type !== "filter_met") continue;
    const listId = await keepHiddenList(context, happening.filter);
    await insertFilterList(context, { workflowId, version, place, listId });
    await storeMet(context, listId, await meeting(context, happening.filter));
  }
}

const meeting = (context: Context, filter: Filter) => selectContacts(context, { filter, query: "" });

/** Contacts that met a filter when it began to be listened to, while its list is worked in; a select of one column `id`. */
export async function whoMet(
  context: Context,
  at: Pick<FilterList, "workflowId" | "version" | "place">,
): Promise<RawBuilder<unknown> | null> {
  const list = listOf(await selectFilterLists(context), at);
  return list ? metBefore(context, list.listId) : null;
}

export async function dropFilters(context: Context, lists: readonly FilterList[]): Promise<void> {
  const listIds = lists.map(({ listId }) => listId);
  await deleteFilterLists(context, listIds);
  await dropHiddenLists(context, listIds);
}

/**
 * When a filter has been worked in, what has been noted of those who met it before is dropped, and from then on whoever
 * joins has come to meet it. Meanwhile no list changes.
 */
export async function settleFilters(context: Context): Promise<void> {
  const open = (await selectFilterLists(context)).filter(({ settled }) => !settled);
  if (open.length === 0) return;
  await pauseLists(context);
  const listIds = open.map(({ listId }) => listId);
  const built = await selectBuilt(context, listIds);
  await markSettled(context, built);
  await dropOldNews(context, built);
}

/** Those who have come to meet a filter at an entry of a version and are not on its list yet, by the entry's place. */
export async function newlyMeeting(
  context: Context,
  version: ListeningVersion,
): Promise<{ place: string; contactIds: string[] }[]> {
  const lists = await selectFilterLists(context);
  const found: { place: string; contactIds: string[] }[] = [];
  for (const { place, happening } of placesOf(version)) {
    const list = listOf(lists, { ...version, place });
    if (!list || happening.type !== "filter_met" || place.startsWith("step:")) continue;
    const scope = await readable(context, happening.filter);
    if (scope) found.push({ place, contactIds: await selectNewlyMeeting(context, list.listId, scope) });
  }
  return found.filter(({ contactIds }) => contactIds.length > 0);
}

/** Nobody meets a filter that has come to mean nothing, because its property was archived. */
async function readable(context: Context, filter: Filter): Promise<RawBuilder<unknown> | undefined> {
  try {
    return await meeting(context, filter);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
