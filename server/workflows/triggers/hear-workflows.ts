import { type WorkflowDefinition, workflowDefinition } from "#contract/workflow-definition.ts";
import { dropHiddenLists, keepHiddenList, pauseLists } from "#server/lists/definition/hidden-list.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import { loadRunning } from "../load-workflow.ts";
import { kindOf, type Listener, listenersOf } from "./happening-kind.ts";
import {
  deleteFilterLists,
  dropSignals,
  type FilterList,
  insertFilterList,
  type ListeningVersion,
  markSettled,
  type Signal,
  selectAccountsToHear,
  selectBuilt,
  selectFilterLists,
  selectListening,
  storeHearsFrom,
  storeWatch,
  takeSignals,
  wakeWaiting,
} from "./queries.ts";

interface Listening {
  readonly workflowId: string;
  readonly version: number;
  readonly definition: WorkflowDefinition;
  /** Contacts that meet a filter already enter too. */
  readonly enrollExisting: boolean;
}

/** Has the database tell of what a version of a workflow waits for, from now on. */
export async function listenTo(
  context: Context,
  { workflowId, version, definition, enrollExisting }: Listening,
): Promise<void> {
  const known = (await selectFilterLists(context)).filter(
    (list) => list.workflowId === workflowId && list.version === version,
  );
  await deleteFilterLists(
    context,
    known.map(({ listId }) => listId),
  );
  await dropHiddenLists(
    context,
    known.map(({ listId }) => listId),
  );
  for (const { place, happening } of listenersOf(definition, true)) {
    if (happening.type !== "filter_met") continue;
    const listId = await keepHiddenList(context, happening.filter);
    const existing = enrollExisting && !place.startsWith("step:");
    await insertFilterList(context, { workflowId, version, place, listId, enrollExisting: existing });
  }
  await hearWorkflows(context);
}

/** Notes what the account's running workflows listen for, and lets go of what none does any more. */
export async function hearWorkflows(context: Context): Promise<void> {
  const listening = await selectListening(context);
  const lists = await selectFilterLists(context);
  const needed = listening.flatMap((version) =>
    placesOf(version).map(({ place }) => `${version.workflowId}:${version.version}:${place}`),
  );
  const unneeded = lists.filter(
    ({ workflowId, version, place }) => !needed.includes(`${workflowId}:${version}:${place}`),
  );
  const dropped = unneeded.map(({ listId }) => listId);
  await deleteFilterLists(context, dropped);
  await dropHiddenLists(context, dropped);
  await keepMissingLists(context, listening, lists);
  const kept = await selectFilterLists(context);
  const kinds = listening.flatMap((version) =>
    placesOf(version).flatMap((listener) => kindFor(version, listener, kept) ?? []),
  );
  await storeWatch(context, [...new Set(kinds)].toSorted());
}

/** A workflow that was off comes back with those who wait in older versions: what they wait for is heard again. */
async function keepMissingLists(
  context: Context,
  listening: readonly ListeningVersion[],
  lists: readonly FilterList[],
): Promise<void> {
  for (const listener of listening) {
    const { workflowId, version } = listener;
    for (const { place, happening } of placesOf(listener)) {
      if (happening.type !== "filter_met" || listOf(lists, { workflowId, version, place })) continue;
      const listId = await keepHiddenList(context, happening.filter);
      await insertFilterList(context, { workflowId, version, place, listId, enrollExisting: false });
    }
  }
}

function placesOf({ definition, live }: ListeningVersion): Listener[] {
  return listenersOf(workflowDefinition.parse(definition), live);
}

function kindFor(
  { workflowId, version }: ListeningVersion,
  { place, happening }: Listener,
  lists: readonly FilterList[],
): string | undefined {
  return kindOf(happening, listOf(lists, { workflowId, version, place })?.listId);
}

function listOf(
  lists: readonly FilterList[],
  at: Pick<FilterList, "workflowId" | "version" | "place">,
): FilterList | undefined {
  return lists.find(
    (list) => list.workflowId === at.workflowId && list.version === at.version && list.place === at.place,
  );
}

/** Brings in, or lets go on, those to whom something has happened. */
export async function hearAll(context: Context): Promise<void> {
  await eachAccount(context, await selectAccountsToHear(context), async (own) => {
    await inTransaction(own, settleFilters);
    while ((await inTransaction(own, hear)) && !own.signal?.aborted);
  });
}

/** A workflow that begins to listen: what has been noted so far is older. */
export function hearFromNow(context: Context, workflowId: string): Promise<void> {
  return storeHearsFrom(context, workflowId);
}

/** Before a running workflow changes: what waits to be heard is still meant for it as it was. */
export async function hearWhatWaits(context: Context): Promise<void> {
  for (let round = 0; round < 20 && (await hear(context)); round++);
}

/**
 * When a filter has been worked in, whoever met it before is no news: what was noted of them is dropped, unless they
 * were to enter too. Those who have come to meet it meanwhile are noted as others and stay. Meanwhile no list changes.
 */
async function settleFilters(context: Context): Promise<void> {
  const open = (await selectFilterLists(context)).filter(({ settled }) => !settled);
  if (open.length === 0) return;
  await pauseLists(context);
  const built = new Set(
    await selectBuilt(
      context,
      open.map(({ listId }) => listId),
    ),
  );
  const done = open.filter(({ listId }) => built.has(listId));
  const before = done.filter(({ enrollExisting }) => !enrollExisting);
  await dropSignals(
    context,
    before.map(({ listId }) => `met:${listId}`),
  );
  await markSettled(
    context,
    done.map(({ listId }) => listId),
  );
}

/** True while there may be more. */
async function hear(context: Context): Promise<boolean> {
  const signals = await takeSignals(context);
  if (signals.length === 0) return false;
  const lists = await selectFilterLists(context);
  for (const version of await selectListening(context)) {
    for (const listener of placesOf(version)) {
      const kind = kindFor(version, listener, lists);
      const list = listOf(lists, { ...version, place: listener.place });
      const kinds = list && (list.settled || list.enrollExisting) ? [kind, `met:${list.listId}`] : [kind];
      const news = signals.filter((signal) => kinds.includes(signal.kind) && isNews(signal, version));
      const heard = new Map(news.flatMap((signal) => meant(signal, listener).map((id) => [id, signal.id])));
      if (heard.size > 0) await follow(context, version, { place: listener.place, heard });
    }
  }
  return true;
}

const isNews = ({ id }: Signal, { hearsFrom }: ListeningVersion) => BigInt(id) > BigInt(hearsFrom);

/** Whom a signal is about; of a property's change to one value, only those whose value it became. */
function meant({ contactIds, newValues }: Signal, { happening }: Listener): readonly string[] {
  if (happening.type !== "property_changed" || happening.value === undefined) return contactIds;
  const { value } = happening;
  return contactIds.filter((_, place) => newValues?.[place] === value);
}

async function follow(
  context: Context,
  { workflowId, version }: ListeningVersion,
  { place, heard }: { place: string; heard: ReadonlyMap<string, string> },
): Promise<void> {
  if (place.startsWith("step:"))
    return wakeWaiting(context, { workflowId, version, step: place.slice(5), heard });
  const workflow = await loadRunning(context, workflowId);
  if (workflow) await enrollContacts(context, { workflow, ids: [...heard.keys()], cause: Number(place) });
}
