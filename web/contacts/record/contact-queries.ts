import { infiniteQueryOptions, queryOptions, type UseMutationResult } from "@tanstack/react-query";
import { call, type Reply } from "../../api.ts";
import { type ChangeOptions, useServerChange } from "../../ui/use-server-change.ts";

export type Contact = Reply<"GET /api/contacts/:contactId">;
export type Status = Reply<"GET /api/contacts/:contactId/marketing-status">;
export type Entry = Reply<"GET /api/contacts/:contactId/timeline">["entries"][number];

export const contactQuery = (contactId: string) =>
  queryOptions({
    queryKey: ["contact", contactId],
    queryFn: ({ signal }) => call("GET /api/contacts/:contactId", { contactId }, { signal }),
  });

export const statusQuery = (contactId: string) =>
  queryOptions({
    queryKey: ["contact", contactId, "status"],
    queryFn: ({ signal }) => call("GET /api/contacts/:contactId/marketing-status", { contactId }, { signal }),
  });

export const timelineQuery = (contactId: string, kinds: string) =>
  infiniteQueryOptions({
    queryKey: ["contact", contactId, "timeline", kinds],
    queryFn: ({ signal, pageParam }) =>
      call(
        "GET /api/contacts/:contactId/timeline",
        { contactId, kinds, ...(pageParam === "" ? {} : { after: pageParam }) },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: ({ after }) => after ?? undefined,
  });

/** A change of one contact: whatever is shown of it, and every list and count it is in, is fetched again. */
export function useContactChange<Input, Reply>(
  change: (input: Input) => Promise<Reply>,
  options: ChangeOptions<Input, Reply> = {},
): UseMutationResult<Reply, Error, Input> {
  const refetch = ["contact", "contacts", "deleted-contacts", "usage"];
  return useServerChange(change, { ...options, refetch });
}
