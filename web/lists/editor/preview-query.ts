import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../../api.ts";
import type { Filter } from "../../filters/filter-field.ts";

/** Exactly how many match; with a list also who would join and leave it. */
export const previewQuery = (filter: Filter, listId?: string) =>
  queryOptions({
    queryKey: ["contacts", "preview", filter, listId],
    queryFn: ({ signal }) =>
      call("POST /api/lists/preview", { filter, ...(listId !== undefined && { listId }) }, { signal }),
  });

const SHOWN = 8;

/** The first of those who match. */
export const firstQuery = (filter: Filter) =>
  queryOptions({
    queryKey: ["contacts", "first", filter],
    queryFn: ({ signal }) =>
      call(
        "POST /api/contacts/search",
        {
          filter,
          limit: SHOWN,
          sort: { propertyName: "createdate", direction: "desc" },
          properties: ["firstname", "lastname", "email"],
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
