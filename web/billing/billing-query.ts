import { queryOptions } from "@tanstack/react-query";
import { call, type Reply } from "../api.ts";

export type Billing = Reply<"GET /api/billing">;
export type Usage = Reply<"GET /api/usage">;

export const billingQuery = queryOptions({
  queryKey: ["billing"],
  queryFn: ({ signal }) => call("GET /api/billing", {}, { signal }),
});

export const usageQuery = queryOptions({
  queryKey: ["usage"],
  queryFn: ({ signal }) => call("GET /api/usage", {}, { signal }),
  refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? 2_000 : 60_000),
});

/** Whether people who are protected stop counting by themselves, and the like. */
export const marketingSettingsQuery = queryOptions({
  queryKey: ["marketing-settings"],
  queryFn: ({ signal }) => call("GET /api/marketing-settings", {}, { signal }),
});

/** After a change of calendar, until everybody who waits does so for the new instant. */
function isMoving({ marketing, waiting, atNextUpdate }: Usage): boolean {
  return atNextUpdate !== marketing - waiting;
}

/** A price as it is written: the wire has minor units, and not every currency has hundredths. */
export function majorUnits(amount: number, currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return amount / 10 ** maximumFractionDigits;
}
