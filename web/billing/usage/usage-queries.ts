import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call, type Reply } from "../../api.ts";
import { usageQuery } from "../billing-query.ts";

export type History = Reply<"GET /api/usage/history">;
export type Forecast = Reply<"GET /api/usage/forecast">;
export type Changes = Reply<"GET /api/usage/changes">;
export type Line = Changes["lines"][number];
export type Statement = Reply<"GET /api/statement">;

/** Numbers on this page move while one looks at them. */
const LIVE_MS = 5_000;
const SLOW_MS = 30_000;

export const liveUsageQuery = queryOptions({
  ...usageQuery,
  refetchInterval: (query) => {
    const asked = usageQuery.refetchInterval;
    const every = typeof asked === "function" ? asked(query) : asked;
    return Math.min(LIVE_MS, Number(every) || LIVE_MS);
  },
});

export const historyQuery = (range: { from?: string; to?: string }) =>
  queryOptions({
    queryKey: ["usage", "history", range],
    queryFn: ({ signal }) => call("GET /api/usage/history", range, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: SLOW_MS,
  });

export const forecastQuery = queryOptions({
  queryKey: ["usage", "forecast"],
  queryFn: ({ signal }) => call("GET /api/usage/forecast", {}, { signal }),
  refetchInterval: SLOW_MS,
});

export const changesQuery = queryOptions({
  queryKey: ["usage", "changes"],
  queryFn: ({ signal }) => call("GET /api/usage/changes", {}, { signal }),
  refetchInterval: LIVE_MS,
});

export const momentQuery = (at: string) =>
  queryOptions({
    queryKey: ["usage", "moment", at],
    queryFn: ({ signal }) => call("GET /api/usage/moment", { at }, { signal }),
    placeholderData: keepPreviousData,
  });
