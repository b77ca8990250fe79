import type { z } from "zod";
import type * as contract from "#contract/contacts-index.ts";
import type { Filter } from "#contract/filters.ts";

export type View = z.output<typeof contract.view>;
export type ViewContent = Pick<View, "name" | "shared" | "filter" | "columns" | "sort">;
type Key = NonNullable<View["key"]>;

const everybody: Filter = { filterGroups: [] };
const one = (propertyName: string, operator: "EQ" | "HAS_PROPERTY", value?: string): Filter => ({
  filterGroups: [{ filters: [{ propertyName, operator, ...(value !== undefined && { value }) }] }],
});

/** The views an account starts with, in the order of their tabs. */
export const defaultViews: readonly (readonly [Key, Filter])[] = [
  ["all", everybody],
  ["marketing", one("hs_marketable_status", "EQ", "true")],
  ["waiting", one("hs_marketable_until_renewal", "EQ", "true")],
  ["non-marketing", one("hs_marketable_status", "EQ", "false")],
  ["unsubscribed-or-bounced", one("email.problem", "HAS_PROPERTY")],
  ["customers", one("lifecyclestage", "EQ", "customer")],
];

/** A view belongs to who made it; shared ones can be changed by everybody who may edit contacts. */
export function canChange(
  view: { readonly shared: boolean; readonly mine: boolean },
  mayEdit: boolean,
): boolean {
  return view.mine || (view.shared && mayEdit);
}
