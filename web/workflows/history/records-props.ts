import type { HistoryView } from "./use-history-view.ts";
import type { StepLookup } from "./use-step-lookup.ts";

/** What lists of people and events are about. */
export interface RecordsProps {
  readonly workflowId: string;
  readonly history: HistoryView;
  readonly lookup: StepLookup;
}
