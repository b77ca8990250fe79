import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call, type Reply } from "../api.ts";
import type { Role } from "../ui/split-bar.tsx";

export type Operation = Reply<"GET /api/operations/:operationId">;

const POLL_MS = 700;
const finished = new Set(["done", "cancelled", "failed"]);

export const isFinished = ({ state }: Pick<Operation, "state">): boolean => finished.has(state);

/** One operation; asked again and again until it has ended. */
export const operationQuery = (operationId: string) =>
  queryOptions({
    queryKey: ["operations", operationId],
    queryFn: ({ signal }) => call("GET /api/operations/:operationId", { operationId }, { signal }),
    refetchInterval: ({ state: { data } }) => (data && isFinished(data) ? false : POLL_MS),
  });

/** All operations, newest first, a page at a time. */
export const operationsQuery = infiniteQueryOptions({
  queryKey: ["operations", "list"],
  queryFn: ({ pageParam, signal }) =>
    call("GET /api/operations", { limit: 50, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: ({ after }) => after,
  refetchInterval: ({ state: { data } }) =>
    data?.pages.some(({ operations }) => operations.some((operation) => !isFinished(operation)))
      ? 2_000
      : false,
});

const roles: Record<string, Role> = {
  scheduled: "counts",
  set_marketing: "counts",
  unscheduled: "counts",
  rescheduled: "counts",
  already_marketing: "counts",
  already_waiting: "waiting",
  skipped: "held",
  created: "good",
  restored: "good",
  updated: "goodSoft",
  edited: "good",
  lifted: "good",
  opted_out: "good",
  deleted: "good",
  undone: "good",
  added: "good",
  removed: "good",
  rejected: "bad",
  approved: "counts",
  held: "beyond",
  already_held: "beyond",
  still_held: "beyond",
  refused: "beyond",
  declined: "good",
  unheld: "good",
  enrolled: "good",
};

/** How a group is drawn: petrol only where contacts count. */
export const roleOf = (outcome: string): Role => roles[outcome] ?? "plain";
