import { type UsageSearch, usageSearch } from "./usage/usage-search.ts";

/** In their order. */
export const billingTabs = ["overview", "usage", "calendar", "review", "contacts", "history"] as const;
export type BillingTab = (typeof billingTabs)[number];

/** The tab, and what is looked at in it, are in the address, so that a link leads there. */
export type BillingSearch = { readonly tab?: BillingTab } & UsageSearch;

export function billingSearch(search: Record<string, unknown>): BillingSearch {
  const tab = billingTabs.find((known) => known === search["tab"]);
  return { ...(tab !== undefined && { tab }), ...usageSearch(search) };
}
