import { queryOptions } from "@tanstack/react-query";
import { call, type Reply } from "../api.ts";

export type ImportView = Reply<"GET /api/imports/:importId">;
export type Plan = NonNullable<ImportView["plan"]>;
export type Target = Plan["columns"][number];
export type ImportState = ImportView["state"];

const busy: readonly ImportState[] = ["uploading", "reading", "running"];

export function isBusy(state: ImportState): boolean {
  return busy.includes(state);
}

/** A retry starts by itself once it has been checked. */
function moves({ state, retryOf }: Pick<ImportView, "state" | "retryOf">): boolean {
  return isBusy(state) || (state === "ready" && retryOf !== null);
}

/** An import at any stage; asked again every second while the server works on it. */
export function importQuery(importId: string) {
  return queryOptions({
    queryKey: ["imports", importId],
    queryFn: ({ signal }) => call("GET /api/imports/:importId", { importId }, { signal }),
    refetchInterval: ({ state }) => (state.data && moves(state.data) ? 1_000 : false),
  });
}
