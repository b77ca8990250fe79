import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useErrorText } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";
import { viewsQuery } from "./index-queries.ts";

/** A change of views: the tabs are fetched again before `onDone`, so that it can open what is new. */
export function useViewChange<Input, Answer>(
  change: (input: Input) => Promise<Answer>,
  onDone: (answer: Answer) => void = () => {},
): UseMutationResult<Answer, Error, Input> {
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: change,
    onSuccess: async (answer) => {
      await queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey });
      onDone(answer);
    },
    onError: (error) => showToast({ title: errorText(error), tone: "bad" }),
  });
}
