import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call, type Input, type Reply } from "../../api.ts";
import type { WorkflowNumbers } from "../workflow-query.ts";

export type Enrollment = Reply<"GET /api/workflows/:workflowId/enrollments">["enrollments"][number];
export type Entry = Reply<"GET /api/workflows/:workflowId/history">["entries"][number];
export type Day = WorkflowNumbers["days"][number];

const BUSY_MS = 3_000;
const CALM_MS = 15_000;
/** Whoever has looked far back is not asked again for all of it. */
const LIVE_PAGES = 4;

/** Something will happen by itself soon: a contact is at work, or is being retried. */
export function isBusy({ inside }: Pick<WorkflowNumbers, "inside">): boolean {
  return inside.some(({ state }) => state === "active" || state === "retrying");
}

/** The numbers of a workflow day by day; they follow what happens while somebody looks. */
export const numbersQuery = (workflowId: string, days: number) =>
  queryOptions({
    queryKey: ["workflows", "numbers", workflowId, days],
    queryFn: ({ signal }) => call("GET /api/workflows/:workflowId/numbers", { workflowId, days }, { signal }),
    refetchInterval: ({ state: { data } }) => (data && isBusy(data) ? BUSY_MS : CALM_MS),
  });

const pace = (pages: number, busy: boolean): number | false =>
  pages > LIVE_PAGES ? false : busy ? BUSY_MS : CALM_MS;

type AskedPeople = Omit<Input<"GET /api/workflows/:workflowId/enrollments">, "after" | "limit">;

/** Who is where, a page at a time. */
export const peopleQuery = (asked: AskedPeople, busy: boolean) =>
  infiniteQueryOptions({
    queryKey: ["workflows", "people", asked],
    queryFn: ({ pageParam, signal }) =>
      call(
        "GET /api/workflows/:workflowId/enrollments",
        { ...asked, ...(pageParam && { after: pageParam }) },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: ({ after }) => after ?? undefined,
    refetchInterval: ({ state: { data } }) => pace(data?.pages.length ?? 0, busy),
  });

type AskedEvents = Omit<Input<"GET /api/workflows/:workflowId/history">, "after" | "limit">;

/** What happened to whom, a page at a time. */
export const eventsQuery = (asked: AskedEvents, busy: boolean) =>
  infiniteQueryOptions({
    queryKey: ["workflows", "events", asked],
    queryFn: ({ pageParam, signal }) =>
      call(
        "GET /api/workflows/:workflowId/history",
        { ...asked, ...(pageParam && { after: pageParam }) },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: ({ after }) => after ?? undefined,
    refetchInterval: ({ state: { data } }) => pace(data?.pages.length ?? 0, busy),
  });
