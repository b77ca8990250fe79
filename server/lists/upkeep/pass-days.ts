import { compileMoves } from "#server/filters/compile-filter.ts";
import { type AccountDays, loadAccountDays } from "#server/filters/load-account-days.ts";
import type { Context } from "#server/platform/context.ts";
import type { Catalogue } from "#server/properties/property.ts";
import { selectMoved, storeDay, storeZone } from "./queries.ts";
import { type CompiledList, type Difference, inPieces } from "./upkeep.ts";
import { workOutTouched } from "./work-out-touched.ts";

/** Lists that one look at all contacts serves. */
const TOGETHER = 25;

/**
 * Lets relative dates of lists mean today: finds the contacts that crossed a boundary since the day they meant, and
 * works out these alone. Returns null where no list was behind.
 */
export async function passDays(
  context: Context,
  lists: readonly CompiledList[],
  catalogue: Catalogue,
): Promise<Difference[] | null> {
  const dated = lists.filter(({ day }) => day !== null);
  if (dated.length === 0) return null;
  const now = await loadAccountDays(context);
  const elsewhere = dated.filter(({ zone }) => zone !== now.zone);
  const behind = dated.filter(({ zone, day }) => zone === now.zone && day !== now.today);
  if (elsewhere.length > 0) await storeZone(context, idsOf(elsewhere), now);
  const differences: Difference[] = [];
  for (const some of inPieces(behind, TOGETHER)) {
    const touches = await findMoved(context, some, { catalogue, now });
    await storeDay(context, idsOf(some), now.today);
    differences.push(...(await workOutTouched(context, onlyTouchedByDays(lists, some), touches)));
  }
  return elsewhere.length + behind.length > 0 ? differences : null;
}

const dayOf = (listId: string) => `day.${listId}`;

async function findMoved(
  context: Context,
  lists: readonly CompiledList[],
  { catalogue, now }: { readonly catalogue: Catalogue; readonly now: AccountDays },
) {
  const moving = lists.flatMap(({ id, filter, day, zone }) => {
    const from = { zone: zone ?? now.zone, today: day ?? now.today };
    const moves = compileMoves(context, { catalogue, filter, from, to: now });
    return moves ? [{ id, moves }] : [];
  });
  if (moving.length === 0) return [];
  const moved = await selectMoved(context, moving);
  return moved.map(({ listId, ids }) => ({ fields: [dayOf(listId)], ids }));
}

/** Each list reads its own day, besides what it reads of contacts. */
function onlyTouchedByDays(lists: readonly CompiledList[], some: readonly CompiledList[]): CompiledList[] {
  const moved = new Set(idsOf(some));
  return lists.map((list) =>
    moved.has(list.id) ? { ...list, reads: [...list.reads, dayOf(list.id)] } : list,
  );
}

function idsOf(lists: readonly CompiledList[]): string[] {
  return lists.map(({ id }) => id);
}
