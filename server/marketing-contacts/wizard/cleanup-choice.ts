import type { z } from "zod";
import type { Filter } from "#contract/filters.ts";
import type { cleanupChoice } from "#contract/wizard.ts";
import { type CleanupGroup, groupFilter } from "./cleanup-group.ts";

export type CleanupChoice = z.output<typeof cleanupChoice>;

/** Bounced and unsubscribed are proposed from the start: they do not read, and they cost. */
export const firstChoice: CleanupChoice = {
  groups: ["bounced", "unsubscribed"],
  unengaged: "open",
  filter: null,
  lists: [],
  others: "open",
};

/** What of a choice counts: the taken steps, without what says nothing. */
export interface Chosen {
  readonly groups: readonly CleanupGroup[];
  /** With at least one condition. */
  readonly filter: Filter | null;
  readonly lists: readonly string[];
}

export function chosenOf(choice: CleanupChoice): Chosen {
  const others = choice.others === "taken";
  const filterGroups = (choice.filter?.filterGroups ?? []).filter(({ filters }) => filters.length > 0);
  return {
    groups: choice.unengaged === "taken" ? [...new Set(choice.groups)] : [],
    filter: others && filterGroups.length > 0 ? { filterGroups } : null,
    lists: others ? [...new Set(choice.lists)] : [],
  };
}

export function isNobody({ groups, filter, lists }: Chosen): boolean {
  return groups.length === 0 && filter === null && lists.length === 0;
}

/** Members of any of these lists. */
export function listsFilter(lists: readonly string[]): Filter {
  return {
    filterGroups: [{ filters: [{ propertyName: "lists", operator: "IN_LIST", values: [...lists] }] }],
  };
}

/** Everybody chosen as one filter of the index: its groups are joined by "or". */
export function chosenFilter({ groups, filter, lists }: Chosen): Filter {
  return {
    filterGroups: [
      ...groupFilter(...groups).filterGroups,
      ...(filter?.filterGroups ?? []),
      ...(lists.length > 0 ? listsFilter(lists).filterGroups : []),
    ],
  };
}
