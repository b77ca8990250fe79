import type { Condition, Filter } from "#contract/filters.ts";
import type { cleanupGroups } from "#contract/wizard.ts";

export type CleanupGroup = (typeof cleanupGroups)[number];

/** Marketing, not waiting: duplicates are found among them. */
export const comparedBy: readonly Condition[] = [
  { propertyName: "hs_marketable_status", operator: "EQ", value: "true" },
  { propertyName: "hs_marketable_until_renewal", operator: "EQ", value: "false" },
];

export const heldByNoPin: Condition = { propertyName: "marketing.pin", operator: "NEQ", value: "always" };

/** Lowering them changes something. */
const staying: readonly Condition[] = [...comparedBy, heldByNoPin];

const problem = (value: string): Condition[] => [{ propertyName: "email.problem", operator: "EQ", value }];
const notSince = (propertyName: string, value: string): Condition => ({
  propertyName,
  operator: "NOT_IN_LAST_DAYS",
  value,
});

/** Who came only lately has had no time to engage. */
const quiet = (days: string): Condition[] => [
  notSince("email.last_engagement", days),
  notSince("createdate", days),
];
const isTrue = (propertyName: string): Condition[] => [{ propertyName, operator: "EQ", value: "true" }];

const reasons: Record<CleanupGroup, readonly Condition[]> = {
  bounced: problem("bounce"),
  unsubscribed: problem("opt_out"),
  complained: problem("complaint"),
  quiet_90: quiet("90"),
  quiet_180: quiet("180"),
  quiet_365: quiet("365"),
  never_engaged: [
    { propertyName: "email.last_engagement", operator: "NOT_HAS_PROPERTY" },
    notSince("createdate", "90"),
  ],
  no_email: [{ propertyName: "email", operator: "NOT_HAS_PROPERTY" }],
  duplicates: isTrue("marketing.duplicate"),
  role_addresses: isTrue("email.role_address"),
};

/** Found by a narrow table: looked for there unless everybody is looked at anyway. */
export const narrowGroups: readonly CleanupGroup[] = ["bounced", "unsubscribed", "complained"];

/** What makes a staying marketing contact one of the group. */
export function reasonFilter(...groups: readonly CleanupGroup[]): Filter {
  return { filterGroups: groups.map((group) => ({ filters: [...reasons[group]] })) };
}

/** The contacts of any of the groups, in the words of the index. */
export function groupFilter(...groups: readonly CleanupGroup[]): Filter {
  return { filterGroups: groups.map((group) => ({ filters: [...staying, ...reasons[group]] })) };
}
