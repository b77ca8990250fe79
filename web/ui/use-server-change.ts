import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useErrorText } from "./states.tsx";
import { showToast } from "./toast-store.ts";

export interface ChangeOptions<Wanted, Answer> {
  /** What a toast says when done. */
  readonly done?: ((answer: Answer, wanted: Wanted) => string | Parameters<typeof showToast>[0]) | undefined;
  /** Awaited before anything is fetched again: a page that leaves is gone by then. */
  readonly onDone?: ((answer: Answer, wanted: Wanted) => void | Promise<void>) | undefined;
  /** Shows the refusal in a toast, where no form or dialog shows it. */
  readonly toastError?: boolean;
}

interface Refetching<Wanted, Answer> extends ChangeOptions<Wanted, Answer> {
  /** First words of the query keys that are fetched again. */
  readonly refetch: readonly string[];
}

/** A change on the server: says that it is done, or why not, and fetches again what it may have changed. */
export function useServerChange<Wanted, Answer>(
  change: (input: Wanted) => Promise<Answer>,
  { done, onDone, toastError = false, refetch }: Refetching<Wanted, Answer>,
): UseMutationResult<Answer, Error, Wanted> {
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: change,
    onSuccess: async (answer, wanted) => {
      const said = done?.(answer, wanted);
      if (said !== undefined) showToast(typeof said === "string" ? { title: said } : said);
      await onDone?.(answer, wanted);
      await Promise.all(refetch.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
    },
    onError: (error) => {
      if (toastError) showToast({ title: errorText(error), tone: "bad" });
    },
  });
}
