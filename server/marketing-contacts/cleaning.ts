import type { Condition, Filter } from "#contract/filters.ts";
import type { cleaningReasons } from "#contract/marketing-contacts.ts";

export type CleaningReason = (typeof cleaningReasons)[number];

const UNENGAGED_DAYS = "180";

/** Lowering them changes something: marketing, not waiting, no pin that holds them. */
const staying: Condition[] = [
  { propertyName: "hs_marketable_status", operator: "EQ", value: "true" },
  { propertyName: "hs_marketable_until_renewal", operator: "EQ", value: "false" },
  { propertyName: "marketing.pin", operator: "NEQ", value: "always" },
];

const problem = (value: string): Condition[] => [{ propertyName: "email.problem", operator: "EQ", value }];
const notSince = (propertyName: string): Condition => ({
  propertyName,
  operator: "NOT_IN_LAST_DAYS",
  value: UNENGAGED_DAYS,
});

const conditions: Record<CleaningReason, Condition[]> = {
  unsubscribed: problem("opt_out"),
  bounced: problem("bounce"),
  complained: problem("complaint"),
  // Who came only lately has had no time to engage.
  unengaged: [notSince("email.last_engagement"), notSince("createdate")],
};

/** Contacts to let go for any of these reasons, in the words of the index. */
export function cleaningFilter(...reasons: readonly CleaningReason[]): Filter {
  return { filterGroups: reasons.map((reason) => ({ filters: [...staying, ...conditions[reason]] })) };
}
