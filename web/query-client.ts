import { notifyManager, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api.ts";

// What is set by hand is on screen before the next frame: a tick does not flash back to what it was.
notifyManager.setScheduler(queueMicrotask);

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
