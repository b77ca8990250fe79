import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useErrorText } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";
import { useStillHere } from "../../ui/use-still-here.ts";
import { viewsQuery } from "./index-queries.ts";

/** A change of views: the tabs are fetched again before `onDone`, so that it can open what is new, for whoever is still there. */
export function useViewChange<Input, Answer>(
  change: (input: Input) => Promise<Answer>,
  onDone: (answer: Answer, wanted: Input) => void = () => {},
): UseMutationResult<Answer, Error, Input> {
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const stillHere = useStillHere();
  return useMutation({
    mutationFn: change,
    onSuccess: async (answer, wanted) => {
      await queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey });
      if (stillHere()) onDone(answer, wanted);
    },
    onError: (error) => showToast({ title: errorText(error), tone: "bad" }),
  });
}
