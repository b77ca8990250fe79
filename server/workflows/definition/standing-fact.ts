import type { Filter } from "#contract/filters.ts";
import type { Happening } from "#contract/workflow-definition.ts";
import { inLists } from "#server/lists/list.ts";

/**
 * What is still true of a contact to which it has happened: who opted out stands as opted out. Null: it leaves nothing
 * that could be asked for, or is a filter already.
 */
export function standingFact(happening: Happening): Filter | null {
  if (happening.type === "joined_list") return happening.listId === "" ? null : inLists(happening.listId);
  if (happening.type === "opted_out")
    return one({ propertyName: "hs_email_optout", operator: "EQ", value: "true" });
  if (happening.type === "bounced")
    return one({ propertyName: "hs_email_hard_bounce_reason_enum", operator: "HAS_PROPERTY" });
  return null;
}

/** By what a contact is now: whether the trigger would have brought it. Null: only what happens tells. */
export function filterMetBy(trigger: Happening): Filter | null {
  return trigger.type === "filter_met" ? trigger.filter : standingFact(trigger);
}

function one(condition: Filter["filterGroups"][number]["filters"][number]): Filter {
  return { filterGroups: [{ filters: [condition] }] };
}
