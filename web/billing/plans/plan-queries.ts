import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../../api.ts";
import { useFormat } from "../../ui/format.ts";
import { majorUnits } from "../billing-query.ts";

export type Outlook = Reply<"GET /api/billing/outlook">;
export type TierChanges = Reply<"GET /api/billing/tier-changes">;
export type Alerts = Reply<"GET /api/billing/alerts">;

export const outlookQuery = queryOptions({
  queryKey: ["billing", "outlook"],
  queryFn: ({ signal }) => call("GET /api/billing/outlook", {}, { signal }),
});

export const tierChangesQuery = queryOptions({
  queryKey: ["billing", "tier-changes"],
  queryFn: ({ signal }) => call("GET /api/billing/tier-changes", {}, { signal }),
});

export const alertsQuery = queryOptions({
  queryKey: ["billing", "alerts"],
  queryFn: ({ signal }) => call("GET /api/billing/alerts", {}, { signal }),
});

/** Everything shown of billing is fetched again. */
export function useRefreshBilling(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ["billing"] });
}

/** Writes an amount in minor units as money of the reader's locale. */
export function useMoney(currency: string): (amount: number) => string {
  const format = useFormat();
  return (amount) => format.money(majorUnits(amount, currency), currency);
}

/** Who did something: a name, or what did it. */
export function useWhoText(): (who: { type: string; name: string | null }) => string {
  const { t } = useTranslation("operations");
  return ({ type, name }) => name ?? t(`actor.${type}`);
}
