import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useErrorText } from "../ui/states.tsx";
import { showToast } from "../ui/toast-store.ts";

interface ChangeOptions<Input> {
  /** What it says when done. */
  readonly done?: (input: Input) => string;
  readonly onDone?: () => void;
  /** Shown in a toast, where no form shows it. */
  readonly toastError?: boolean;
}

/** A change of people, roles or tokens: everything shown of them is fetched again afterwards. */
export function useChange<Input, Reply>(
  change: (input: Input) => Promise<Reply>,
  { done, onDone, toastError = false }: ChangeOptions<Input> = {},
): UseMutationResult<Reply, Error, Input> {
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: change,
    onSuccess: async (_, input) => {
      if (done) showToast({ title: done(input) });
      onDone?.();
      await queryClient.invalidateQueries({ queryKey: ["users"] });
    },
    onError: (error) => {
      if (toastError) showToast({ title: errorText(error), tone: "bad" });
    },
  });
}
