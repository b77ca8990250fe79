import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call, type Reply } from "../../api.ts";

export type Calendar = Reply<"GET /api/calendar">;
export type UpdateDate = Calendar["dates"][number];
export type ScheduledLine = UpdateDate["lines"][number];
export type Savings = Reply<"GET /api/savings">;

export const calendarQuery = queryOptions({
  queryKey: ["calendar"],
  queryFn: ({ signal }) => call("GET /api/calendar", {}, { signal }),
  refetchInterval: 30_000,
});

export const savingsQuery = queryOptions({
  queryKey: ["savings"],
  queryFn: ({ signal }) => call("GET /api/savings", {}, { signal }),
});

export const feedQuery = queryOptions({
  queryKey: ["calendar-feed"],
  queryFn: ({ signal }) => call("GET /api/calendar/feed", {}, { signal }),
});

/** What of an update date: all of it, what one operation scheduled, or those that one person scheduled one at a time. */
export interface DatePart {
  readonly instant: string;
  readonly operationId?: string;
  readonly actorType?: string;
  readonly actorId?: string;
}

/** The part a line stands for. */
export function partOf({ instant }: UpdateDate, { operationId, actor }: ScheduledLine): DatePart {
  if (operationId !== null) return { instant, operationId };
  const by = { actorType: actor.type, ...(actor.id !== null && { actorId: actor.id }) };
  return { instant, operationId: "alone", ...by };
}

/** Who waits in that part of an update date, a page at a time. */
export const scheduledQuery = (part: DatePart) =>
  infiniteQueryOptions({
    queryKey: ["calendar", "contacts", part],
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/calendar/contacts", { ...part, ...(pageParam && { after: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ after }) => after,
  });
