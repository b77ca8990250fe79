import { infiniteQueryOptions, queryOptions, type UseMutationResult } from "@tanstack/react-query";
import { call, type Input, type Reply } from "../api.ts";
import { type ChangeOptions, useServerChange } from "../ui/use-server-change.ts";

export type ListRow = Reply<"GET /api/lists">["lists"][number];
export type FullList = Reply<"GET /api/lists/:listId">;
export type Folder = Reply<"GET /api/list-folders">["folders"][number];
export type ListUse = Reply<"GET /api/lists/:listId/uses">["uses"][number];

const PAGE = 100;
const UPDATING_MS = 1_000;
const CALM_MS = 4_000;

/** The lists of the page, a page at a time; asked again while one of them is updating. */
export const listsQuery = (asked: Omit<Input<"GET /api/lists">, "offset" | "limit">) =>
  infiniteQueryOptions({
    queryKey: ["lists", "rows", asked],
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/lists", { ...asked, offset: pageParam, limit: PAGE }, { signal }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => {
      const loaded = pages.reduce((sum, { lists }) => sum + lists.length, 0);
      return loaded < total ? loaded : undefined;
    },
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ lists }) => lists.some(({ updating }) => updating)) ? 2 * UPDATING_MS : false,
  });

/** One list; its number follows what happens while somebody looks. */
export const listQuery = (listId: string) =>
  queryOptions({
    queryKey: ["lists", "one", listId],
    queryFn: ({ signal }) => call("GET /api/lists/:listId", { listId }, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.updating ? UPDATING_MS : CALM_MS),
  });

export const foldersQuery = queryOptions({
  queryKey: ["lists", "folders"],
  queryFn: ({ signal }) => call("GET /api/list-folders", {}, { signal }),
});

export const usesQuery = (listId: string) =>
  queryOptions({
    queryKey: ["lists", "uses", listId],
    queryFn: ({ signal }) => call("GET /api/lists/:listId/uses", { listId }, { signal }),
  });

export const sizesQuery = (listId: string, from: string) =>
  queryOptions({
    queryKey: ["lists", "sizes", listId, from],
    queryFn: ({ signal }) => call("GET /api/lists/:listId/sizes", { listId, from }, { signal }),
  });

export const whyQuery = (listId: string, contactId: string) =>
  queryOptions({
    queryKey: ["lists", "why", listId, contactId],
    queryFn: ({ signal }) =>
      call("GET /api/lists/:listId/contacts/:contactId", { listId, contactId }, { signal }),
  });

export const historyQuery = (listId: string) =>
  infiniteQueryOptions({
    queryKey: ["lists", "history", listId],
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/lists/:listId/history", { listId, ...(pageParam && { after: pageParam }) }, { signal }),
    initialPageParam: "",
    getNextPageParam: ({ after }) => after ?? undefined,
  });

export const listsOfContactQuery = (contactId: string) =>
  queryOptions({
    queryKey: ["contact", contactId, "lists"],
    queryFn: ({ signal }) => call("GET /api/contacts/:contactId/lists", { contactId }, { signal }),
  });

/** A change of lists or folders: everything about lists, and the contacts shown by them, is fetched again. */
export function useListChange<Wanted, Answer>(
  change: (input: Wanted) => Promise<Answer>,
  options: ChangeOptions<Wanted, Answer> = {},
): UseMutationResult<Answer, Error, Wanted> {
  return useServerChange(change, { ...options, refetch: ["lists", "contacts", "contact"] });
}
