import type { WorkflowRow } from "../workflow-query.ts";

/** How many are in the workflow now, wherever they stand. */
export function inside({ active, waiting, retrying, parked }: WorkflowRow): number {
  return active + waiting + retrying + parked;
}
