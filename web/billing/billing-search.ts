const tabs = ["overview", "usage"] as const;
export type BillingTab = (typeof tabs)[number];

/** The tab is in the address, so that a link leads to it. */
export function billingSearch(search: Record<string, unknown>): { tab?: BillingTab } {
  const tab = tabs.find((known) => known === search["tab"]);
  return tab === undefined ? {} : { tab };
}
