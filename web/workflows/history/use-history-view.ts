import { useSearch } from "@tanstack/react-router";
import { useSearchChange } from "../../ui/use-search-change.ts";
import type { WorkflowSearch } from "../workflow-search.ts";

type View = Pick<
  WorkflowSearch,
  "show" | "state" | "kind" | "outcome" | "step" | "contact" | "query" | "days"
>;

export interface HistoryView {
  readonly view: View;
  /** What is undefined is shown again. */
  readonly change: (change: { readonly [Part in keyof View]: View[Part] | undefined }) => void;
}

/** What of the history is shown; it lives in the address. */
export function useHistoryView(): HistoryView {
  const view: WorkflowSearch = useSearch({ from: "/shell/workflows/$workflowId" });
  const changeSearch = useSearchChange();
  return {
    view,
    change: (change) => changeSearch((search) => present({ ...search, ...change }), true),
  };
}

function present(search: { readonly [Part in keyof WorkflowSearch]: WorkflowSearch[Part] | undefined }) {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined),
  ) as WorkflowSearch;
}
