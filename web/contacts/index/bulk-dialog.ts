import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import type { Selection } from "../../../contract/filters.ts";
import { followOperation } from "../../operations/follow-operation.ts";

/** What every dialog about those who are ticked is given. */
export interface BulkDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly selection: Selection;
  /** Who is selected, in words. */
  readonly about: string | undefined;
  /** Everybody in the account. */
  readonly everybody: boolean;
  /** As many as were shown: refused when others have come or gone meanwhile. */
  readonly count: number;
  readonly onStarted: () => void;
}

/** Starts the operation and follows it with a toast. */
export function useBulkStart<Input>(
  { onClose, onStarted }: BulkDialogProps,
  start: (input: Input) => Promise<{ operationId: string }>,
): UseMutationResult<{ operationId: string }, Error, Input> {
  return useMutation({
    mutationFn: start,
    onSuccess: ({ operationId }) => {
      followOperation(operationId);
      onClose();
      onStarted();
    },
  });
}
