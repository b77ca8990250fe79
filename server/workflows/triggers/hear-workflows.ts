import { type RawBuilder, sql } from "kysely";
import type { Happening, WorkflowDefinition } from "#contract/workflow-definition.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import { loadRunning } from "../load-workflow.ts";
import { kindOf, type Listener, listenersOf } from "./happening-kind.ts";
import { dropFilters, keepFilters, listOf, newlyMeeting, placesOf, settleFilters } from "./keep-filters.ts";
import {
  type FilterList,
  holdUnsettled,
  isNewToWatch,
  type ListeningVersion,
  lockHearing,
  type News,
  type Signal,
  selectAccountsToHear,
  selectFilterLists,
  selectListening,
  selectNews,
  storeHearsFrom,
  storeWatch,
  takeSignals,
  unheard,
  wakeWaiting,
} from "./queries.ts";

interface Listening {
  readonly workflowId: string;
  readonly version: number;
  readonly definition: WorkflowDefinition;
}

/** Has the database tell of what a version of a workflow waits for, from now on. */
export async function listenTo(
  context: Context,
  { workflowId, version, definition }: Listening,
): Promise<void> {
  const known = (await selectFilterLists(context)).filter(
    (list) => list.workflowId === workflowId && list.version === version,
  );
  await dropFilters(context, known);
  await keepFilters(context, { workflowId, version, places: listenersOf(definition, true) });
  await hearWorkflows(context, workflowId);
}

/**
 * Notes what the account's running workflows listen for, and lets go of what none does any more. A workflow that `begins`
 * to listen with it misses nothing that is under way.
 */
export async function hearWorkflows(context: Context, begins?: string): Promise<void> {
  const listening = await selectListening(context);
  const lists = await selectFilterLists(context);
  const needed = listening.flatMap((version) =>
    placesOf(version).map(({ place }) => `${version.workflowId}:${version.version}:${place}`),
  );
  await dropFilters(
    context,
    lists.filter(({ workflowId, version, place }) => !needed.includes(`${workflowId}:${version}:${place}`)),
  );
  // A workflow that was off comes back with those who wait in older versions: what they wait for is heard again.
  for (const version of listening) {
    const places = placesOf(version).filter(({ place }) => !listOf(lists, { ...version, place }));
    await keepFilters(context, { ...version, places });
  }
  const kept = await selectFilterLists(context);
  const places = listening.flatMap((version) => placesOf(version).map((listener) => ({ version, listener })));
  const kindsAt = (some: typeof places) =>
    some.flatMap(({ version, listener }) => kindFor(version, listener, kept) ?? []);
  // Who meets a filter has been written down, whoever is changing something meanwhile.
  const told = places.filter(({ listener }) => listener.happening.type !== "filter_met");
  const isNew = told.some(({ version }) => version.workflowId === begins);
  // Last, and after whatever else is waited for: who is changing something waits for nothing of ours meanwhile.
  if (isNew || (await isNewToWatch(context, kindsAt(told)))) await lockHearing(context);
  await storeWatch(context, [...new Set(kindsAt(places))].toSorted());
}

function kindFor(
  { workflowId, version }: ListeningVersion,
  { place, happening }: Listener,
  lists: readonly FilterList[],
): string | undefined {
  return kindOf(happening, listOf(lists, { workflowId, version, place })?.listId);
}

/** Brings in, or lets go on, those to whom something has happened. */
export async function hearAll(context: Context): Promise<void> {
  await eachAccount(context, await selectAccountsToHear(context), async (own) => {
    await inTransaction(own, settleFilters);
    while ((await inTransaction(own, hear)) && !own.signal?.aborted);
  });
}

/** A workflow that has just begun to listen, in this transaction: what has been noted so far is older. */
export function hearFromNow(context: Context, workflowId: string): Promise<void> {
  return storeHearsFrom(context, workflowId);
}

/**
 * Whether something has happened to contact `c` that brings it into the workflow as soon as it is heard. A statement that
 * also asks who meets the trigger takes both from one snapshot.
 */
export function isUnheard(
  context: Context,
  { workflowId, happening }: { workflowId: string; happening: Happening },
): RawBuilder<boolean> {
  const kind = kindOf(happening, undefined);
  return kind === undefined ? sql`false` : sql`(c.id in (${unheard(context, workflowId, kind)}))`;
}

/** Before a running workflow changes: what waits to be heard is still meant for it as it was. */
export async function hearWhatWaits(context: Context): Promise<void> {
  for (let round = 0; round < 20 && (await hear(context)); round++);
}

/** Before a running workflow changes: brings in who meets its filters already, though their lists do not know yet. */
export async function hearFilters(context: Context, workflowId: string): Promise<void> {
  const live = (await selectListening(context)).find(
    (version) => version.workflowId === workflowId && version.live,
  );
  if (!live) return;
  for (const { place, contactIds } of await newlyMeeting(context, live))
    await enter(context, { workflowId, place, contactIds });
}

/** True while there may be more. */
async function hear(context: Context): Promise<boolean> {
  await holdUnsettled(context);
  const signals = await takeSignals(context);
  if (signals.length === 0) return false;
  const lists = await selectFilterLists(context);
  for (const version of await selectListening(context)) {
    for (const listener of placesOf(version)) {
      const kind = kindFor(version, listener, lists);
      const news = signals.filter((signal) => kind === signal.kind && isNews(signal, version));
      const heard = news.flatMap((signal) =>
        meant(signal, listener).map((contactId) => ({ ...signal, contactId })),
      );
      const list = listOf(lists, { ...version, place: listener.place });
      const fresh = list && !list.settled ? await newsAmong(context, list, heard) : heard;
      if (fresh.length > 0) await follow(context, version, { place: listener.place, heard: fresh });
    }
  }
  return true;
}

/** While a filter is worked in, its list is joined also by those who have met it all along. */
async function newsAmong(
  context: Context,
  { listId }: FilterList,
  heard: readonly News[],
): Promise<readonly News[]> {
  if (heard.length === 0) return heard;
  const news = await selectNews(context, listId, contactsOf(heard));
  return heard.filter(({ contactId }) => news.has(contactId));
}

const contactsOf = (heard: readonly News[]) => [...new Set(heard.map(({ contactId }) => contactId))];

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
  { place, heard }: { place: string; heard: readonly News[] },
): Promise<void> {
  if (place.startsWith("step:"))
    return wakeWaiting(context, { workflowId, version, step: place.slice(5), heard });
  await enter(context, { workflowId, place, contactIds: contactsOf(heard) });
}

async function enter(
  context: Context,
  { workflowId, place, contactIds }: { workflowId: string; place: string; contactIds: readonly string[] },
): Promise<void> {
  const workflow = await loadRunning(context, workflowId);
  if (workflow) await enrollContacts(context, { workflow, ids: contactIds, cause: Number(place) });
}
