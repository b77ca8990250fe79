import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call, type Reply } from "../../api.ts";

type HeldPage = Reply<"GET /api/review">;
export type HeldContact = HeldPage["contacts"][number];
export type HeldSource = HeldPage["sources"][number];
export type Approval = Reply<"POST /api/review/preview">;
export type PausedSource = Reply<"GET /api/paused-sources">["sources"][number];

/** Only what one source set off; null: all. */
export type SourceChoice = { readonly type: string; readonly id: string | null } | null;

/** Raises that wait for approval, the oldest first, a page at a time. */
export const heldQuery = (source: SourceChoice) =>
  infiniteQueryOptions({
    queryKey: ["review", "list", source],
    queryFn: ({ pageParam, signal }) =>
      call(
        "GET /api/review",
        {
          limit: 100,
          ...(pageParam === null ? {} : { after: pageParam }),
          ...(source === null ? {} : { sourceType: source.type }),
          ...(source === null || source.id === null ? {} : { sourceId: source.id }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ after }) => after,
  });

/** How many wait, for badges. */
export const heldCountQuery = queryOptions({
  queryKey: ["review", "count"],
  queryFn: ({ signal }) => call("GET /api/review/count", {}, { signal }),
  refetchInterval: 60_000,
});

export const pausedSourcesQuery = queryOptions({
  queryKey: ["review", "paused"],
  queryFn: ({ signal }) => call("GET /api/paused-sources", {}, { signal }),
});

export const spikeSettingsQuery = queryOptions({
  queryKey: ["review", "spike-guard"],
  queryFn: ({ signal }) => call("GET /api/spike-guard", {}, { signal }),
});
