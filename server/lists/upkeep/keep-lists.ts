import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { listField } from "../list.ts";
import { recordMembershipChanges } from "../sizes/record-changes.ts";
import { buildOne } from "./build-list.ts";
import { compileLists } from "./compile-lists.ts";
import { passDays } from "./pass-days.ts";
import {
  refreshMemberships,
  selectKeptLists,
  selectWaiting,
  type TouchRow,
  takeTouches,
  tryHold,
} from "./queries.ts";
import { keepStaticLists } from "./static/keep-static-lists.ts";
import { type CompiledList, concerns, type Difference, mergeDifferences, type Touched } from "./upkeep.ts";
import { touchesBy, workOutTouched } from "./work-out-touched.ts";

/** Keeps all lists of all accounts right: until nothing waits, or the process stops. */
export async function keepLists(context: Context): Promise<void> {
  for (let worked = true; worked && !context.signal?.aborted; ) {
    worked = false;
    await eachAccount(context, await selectWaiting(context), async (context) => {
      if (await keepListsOf(context)) worked = true;
    });
  }
}

/**
 * One step for one account, in one transaction: some of the queue, and some of a list that is being worked in.
 * False when nothing was left to do, or somebody else is at it.
 */
export async function keepListsOf(context: Context): Promise<boolean> {
  const { worked, changed } = await inTransaction(context, takeStep);
  if (changed >= MASS_CHANGE) await tellPlanner(context);
  return worked;
}

/** From so many changed memberships on, the planner is told: at most so often in a process. */
const MASS_CHANGE = 5_000;
const TELL_MS = 5_000;
let toldAt = 0;

async function tellPlanner(context: Context): Promise<void> {
  if (Date.now() - toldAt < TELL_MS) return;
  toldAt = Date.now();
  await refreshMemberships(context);
}

interface Step {
  readonly worked: boolean;
  /** Memberships. */
  readonly changed: number;
}

async function takeStep(context: Context): Promise<Step> {
  if (!(await tryHold(context))) return { worked: false, changed: 0 };
  const rows = await takeTouches(context);
  const kept = await selectKeptLists(context);
  const catalogue = await loadCatalogue(context);
  const moved = await keepStaticLists(context, livesOf(rows));
  const touched = [...rows, ...touchesBy(moved)];
  const needed = kept.filter((list) => isNeeded(list, touched, kept));
  const lists = await compileLists(context, needed, catalogue);
  const days = await passDays(context, lists, catalogue);
  const worked = await workOutTouched(context, lists, touched);
  const built = await buildNext(context, lists);
  const differences = mergeDifferences([...moved, ...(days ?? []), ...worked, ...(built ?? [])]);
  await recordMembershipChanges(context, differences);
  return {
    worked: rows.length > 0 || days !== null || built !== null,
    changed: differences.reduce((sum, { joined, gone }) => sum + joined.length + gone.length, 0),
  };
}

/** Lists that name others are needed with them: whoever joins or leaves one may join or leave the other. */
function isNeeded(list: KeptList, touched: readonly Touched[], all: readonly KeptList[]): boolean {
  if (list.builtTo !== null || list.day !== null) return true;
  if (touched.some(({ fields }) => concerns(list, fields))) return true;
  return all.some(({ id }) => list.reads.includes(listField(id)));
}

type KeptList = Omit<CompiledList, "matches">;

/** Static lists change by themselves only when somebody is deleted, restored or merged. */
function livesOf(rows: readonly TouchRow[]): string[] {
  return [...new Set(rows.filter(({ living }) => living).flatMap(({ ids }) => ids))];
}

async function buildNext(context: Context, lists: readonly CompiledList[]): Promise<Difference[] | null> {
  const built = await buildOne(context, lists);
  if (!built) return null;
  return [...built, ...(await workOutTouched(context, lists, touchesBy(built)))];
}
