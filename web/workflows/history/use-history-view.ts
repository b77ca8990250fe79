import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
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
  const { workflowId } = useParams({ from: "/shell/workflows/$workflowId" });
  const navigate = useNavigate();
  return {
    view,
    change: (change) =>
      void navigate({
        to: "/workflows/$workflowId",
        params: { workflowId },
        search: present({ ...view, ...change }),
        replace: true,
        resetScroll: false,
      }),
  };
}

function present(search: { readonly [Part in keyof WorkflowSearch]: WorkflowSearch[Part] | undefined }) {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined),
  ) as WorkflowSearch;
}
