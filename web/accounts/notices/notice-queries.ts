import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { call, type Input, type Reply } from "../../api.ts";

export type Notice = Reply<"GET /api/notices">["notices"][number];

const EVERY_MS = 60_000;

/** How many are unread: asked again each minute and whenever the window is looked at again. */
export const unreadQuery = queryOptions({
  queryKey: ["notices", "unread"],
  queryFn: ({ signal }) => call("GET /api/notices/unread", {}, { signal }),
  refetchInterval: EVERY_MS,
  refetchOnWindowFocus: true,
});

export const newestQuery = queryOptions({
  queryKey: ["notices", "newest"],
  queryFn: ({ signal }) => call("GET /api/notices", { limit: 8 }, { signal }),
});

export const allNoticesQuery = infiniteQueryOptions({
  queryKey: ["notices", "all"],
  queryFn: ({ pageParam, signal }) =>
    call("GET /api/notices", pageParam === "" ? {} : { before: pageParam }, { signal }),
  initialPageParam: "",
  getNextPageParam: ({ more, notices }) => (more ? notices.at(-1)?.id : undefined),
});

/** Marks as read, here and wherever else notices are shown. */
export function useRead() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (what: Input<"POST /api/notices/read">) => call("POST /api/notices/read", what),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["notices"] }),
  });
}

/** Goes where a notice leads; what was followed is read. Only paths of our own are followed. */
export function useFollow(): (notice: Notice) => void {
  const { history } = useRouter();
  const read = useRead();
  return ({ id, link, read: isRead }) => {
    if (!isRead) read.mutate({ ids: [id] });
    if (/^\/(?![/\\])/.test(link)) history.push(link);
  };
}
