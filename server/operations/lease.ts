import type { Context } from "#server/platform/context.ts";
import { LEASE_SECONDS, type OperationRow } from "./operation.ts";
import { renewLease } from "./queries.ts";

/** Shows that this runner lives, however long a piece of work takes. Returns what ends that. */
export function keepLease(context: Context, operation: OperationRow, lost: () => void): () => void {
  const timer = setInterval(
    () =>
      void renewLease(context, operation).then(
        (held) => held ?? lost(),
        () => {
          // Without the database no chunk commits either; when it answers again the attempt number decides.
        },
      ),
    (LEASE_SECONDS * 1000) / 3,
  );
  return () => clearInterval(timer);
}
