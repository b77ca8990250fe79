import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call, type Reply } from "../../api.ts";
import type { Filter } from "../../filters/filter-field.ts";

export type Row = Reply<"POST /api/contacts/search">["contacts"][number];
export type View = Reply<"GET /api/views">["views"][number];

export interface Sort {
  readonly propertyName: string;
  readonly direction: "asc" | "desc";
}

export interface Asked {
  readonly filter: Filter;
  readonly query: string;
}

const PAGE = 100;

export const viewsQuery = queryOptions({
  queryKey: ["contacts", "views"],
  queryFn: ({ signal }) => call("GET /api/views", {}, { signal }),
});

/** The rows, a page at a time. The key begins with "contacts", so that a change of contacts fetches them again. */
export const rowsQuery = (asked: Asked, sort: Sort, properties: readonly string[]) =>
  infiniteQueryOptions({
    queryKey: ["contacts", "rows", asked, sort, properties],
    queryFn: ({ pageParam, signal }) =>
      call(
        "POST /api/contacts/search",
        { ...asked, sort, limit: PAGE, properties: [...properties], ...(pageParam && { after: pageParam }) },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: ({ after }) => after ?? undefined,
  });

/** Exactly how many match. */
export const countQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ["contacts", "count", asked],
    queryFn: ({ signal }) => call("POST /api/contacts/count", { ...asked }, { signal }),
  });
