import { useSyncExternalStore } from "react";

/** Where edits of a draft are that the server does not have: not yet sent, on their way, or refused. */
type Unsaved = "waiting" | "saving" | "failed";

const drafts = new Map<string, Unsaved>();
const listeners = new Set<() => void>();

/** Told by who saves; null once the server has everything. It outlives the builder, which may be left meanwhile. */
export function markUnsaved(workflowId: string, state: Unsaved | null): void {
  if (state === null) drafts.delete(workflowId);
  else drafts.set(workflowId, state);
  for (const listener of listeners) listener();
}

export function useUnsaved(workflowId: string): Unsaved | null {
  return useSyncExternalStore(subscribe, () => drafts.get(workflowId) ?? null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
