import type { UseMutationResult } from "@tanstack/react-query";
import { type ChangeOptions, useServerChange } from "../ui/use-server-change.ts";

/** A change of property definitions: everything labelled by them is fetched again. */
export function usePropertyChange<Input, Reply>(
  change: (input: Input) => Promise<Reply>,
  options: ChangeOptions<Input, Reply>,
): UseMutationResult<Reply, Error, Input> {
  return useServerChange(change, { ...options, refetch: ["properties"] });
}
