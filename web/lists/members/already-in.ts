import type { Selection } from "../../../contract/filters.ts";
import { call } from "../../api.ts";
import type { Filter } from "../../filters/filter-field.ts";
import { also, inList } from "../list-condition.ts";

/** A condition holds at most so many values. */
const IDS = 1_000;

/** How many of the selection are in the list already. */
export async function alreadyIn(listId: string, selection: Selection, signal: AbortSignal): Promise<number> {
  const count = async (filter: Filter, query = "") => {
    const asked = { filter: also(inList(listId), filter), query };
    return (await call("POST /api/contacts/count", asked, { signal })).total;
  };
  if ("filter" in selection) return count(selection.filter, selection.query);
  const { ids } = selection;
  const parts = Array.from({ length: Math.ceil(ids.length / IDS) }, (_, place) =>
    ids.slice(place * IDS, (place + 1) * IDS),
  );
  const counts = await Promise.all(
    parts.map((values) =>
      count({ filterGroups: [{ filters: [{ propertyName: "hs_object_id", operator: "IN", values }] }] }),
    ),
  );
  return counts.reduce((sum, each) => sum + each, 0);
}
