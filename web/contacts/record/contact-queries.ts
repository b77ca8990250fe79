import {
  infiniteQueryOptions,
  queryOptions,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { call, type Reply } from "../../api.ts";
import { useErrorText } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";

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

interface ChangeOptions<Reply> {
  /** What it says when done. */
  readonly done?: ((reply: Reply) => string) | undefined;
  readonly onDone?: ((reply: Reply) => void | Promise<void>) | undefined;
  /** Shown in a toast, where no form or dialog shows it. */
  readonly toastError?: boolean;
}

/** A change of one contact: whatever is shown of it, and every list and count it is in, is fetched again. */
export function useContactChange<Input, Reply>(
  change: (input: Input) => Promise<Reply>,
  { done, onDone, toastError = false }: ChangeOptions<Reply> = {},
): UseMutationResult<Reply, Error, Input> {
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: change,
    onSuccess: async (reply) => {
      if (done) showToast({ title: done(reply) });
      // A page that leaves is gone before its contact is asked for again.
      await onDone?.(reply);
      await Promise.all(
        ["contact", "contacts", "deleted-contacts", "usage"].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
    onError: (error) => {
      if (toastError) showToast({ title: errorText(error), tone: "bad" });
    },
  });
}
