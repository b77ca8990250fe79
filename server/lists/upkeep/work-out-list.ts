import { whereMatches } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { recordMembershipChanges } from "../sizes/record-changes.ts";
import { compileLists } from "./compile-lists.ts";
import { evaluateRange, selectKeptLists } from "./queries.ts";
import { touchesBy, workOutTouched } from "./work-out-touched.ts";

/** Brings one list to what its filter says at this moment, all at once; the caller holds the lists of the account. */
export async function workOutList(context: Context, listId: string): Promise<void> {
  const kept = await selectKeptLists(context);
  const list = kept.find(({ id }) => id === listId);
  if (!list) return;
  const catalogue = await loadCatalogue(context);
  const matches = await whereMatches(context, { filter: list.filter, query: "", catalogue });
  const differences = await evaluateRange(context, { ...list, matches }, { after: "0", to: null });
  const others = await compileLists(
    context,
    kept.filter(({ id }) => id !== listId),
    catalogue,
  );
  const followed = await workOutTouched(context, others, touchesBy(differences));
  await recordMembershipChanges(context, [...differences, ...followed]);
}
