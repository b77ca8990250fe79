import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useErrorText } from "../ui/states.tsx";
import { showToast } from "../ui/toast-store.ts";

interface ChangeOptions {
  readonly done: string;
  readonly onDone?: () => void;
  readonly toastError?: boolean;
}

/** A change of property definitions: everything labelled by them is fetched again. */
export function usePropertyChange<Input, Reply>(
  change: (input: Input) => Promise<Reply>,
  { done, onDone, toastError = false }: ChangeOptions,
): UseMutationResult<Reply, Error, Input> {
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      showToast({ title: done });
      onDone?.();
      await queryClient.invalidateQueries({ queryKey: ["properties"] });
    },
    onError: (error) => {
      if (toastError) showToast({ title: errorText(error), tone: "bad" });
    },
  });
}
