import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api.ts";

/** What the server answered lately. Refusals are final; a lost connection is tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && isFinal(error)),
    },
  },
});

function isFinal(error: ApiError): boolean {
  return error.status >= 400 && error.status < 500;
}
