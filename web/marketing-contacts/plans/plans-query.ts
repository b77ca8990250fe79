import { queryOptions } from "@tanstack/react-query";
import { call, type Reply } from "../../api.ts";

export type Plans = Reply<"GET /api/cleanup/plans">;
export type Plan = Plans["plans"][number];
export type Run = Plan["history"][number];
export type Span = Plan["runBefore"];
export type Receipt = Reply<"GET /api/cleanup/receipts">["receipts"][number];

export const plansQuery = queryOptions({
  queryKey: ["cleanup-plans"],
  queryFn: ({ signal }) => call("GET /api/cleanup/plans", {}, { signal }),
});

export const reminderQuery = queryOptions({
  queryKey: ["cleanup-plans", "reminder"],
  queryFn: ({ signal }) => call("GET /api/cleanup/reminder", {}, { signal }),
});

export const receiptsQuery = queryOptions({
  queryKey: ["cleanup-plans", "receipts"],
  queryFn: ({ signal }) => call("GET /api/cleanup/receipts", {}, { signal }),
});

/** What carrying it out now would do. */
export const planReviewQuery = (planId: string) =>
  queryOptions({
    queryKey: ["cleanup-plans", "review", planId],
    queryFn: ({ signal }) => call("GET /api/cleanup/plans/:planId/review", { planId }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
