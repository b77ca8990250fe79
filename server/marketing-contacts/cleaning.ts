import type { Filter } from "#contract/filters.ts";
import type { cleaningReasons } from "#contract/marketing-contacts.ts";
import { type CleanupGroup, groupFilter } from "./wizard/cleanup-group.ts";

export type CleaningReason = (typeof cleaningReasons)[number];

/** What the home page proposes are groups of the wizard, so that both say the same numbers. */
const groups: Record<CleaningReason, CleanupGroup> = {
  unsubscribed: "unsubscribed",
  bounced: "bounced",
  complained: "complained",
  unengaged: "quiet_180",
};

/** Contacts to let go for any of these reasons, in the words of the index. */
export function cleaningFilter(...reasons: readonly CleaningReason[]): Filter {
  return groupFilter(...reasons.map((reason) => groups[reason]));
}
