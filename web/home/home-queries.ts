import { queryOptions } from "@tanstack/react-query";
import { call, type Reply } from "../api.ts";

export type Home = Reply<"GET /api/home">;

export const homeQuery = queryOptions({
  queryKey: ["home"],
  queryFn: ({ signal }) => call("GET /api/home", {}, { signal }),
  refetchOnMount: "always",
});

/** Apart, because counting takes longer than the rest of the page. */
export const cleaningQuery = queryOptions({
  queryKey: ["home", "cleaning"],
  queryFn: ({ signal }) => call("GET /api/home/cleaning", {}, { signal }),
});

const SHOWN = 4;

export const latestQuery = queryOptions({
  queryKey: ["operations", "latest"],
  queryFn: ({ signal }) => call("GET /api/operations", { limit: SHOWN }, { signal }),
});
