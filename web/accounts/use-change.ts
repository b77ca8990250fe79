import type { UseMutationResult } from "@tanstack/react-query";
import { type ChangeOptions, useServerChange } from "../ui/use-server-change.ts";

/** A change of people, roles or tokens: everything shown of them is fetched again afterwards. */
export function useChange<Input, Reply>(
  change: (input: Input) => Promise<Reply>,
  options: ChangeOptions<Input, Reply> = {},
): UseMutationResult<Reply, Error, Input> {
  return useServerChange(change, { ...options, refetch: ["users"] });
}
