import { PageBody } from "../../ui/page.tsx";
import type { Workflow } from "../workflow-query.ts";
import classes from "./history.module.css";
import { NumbersSection } from "./numbers-section.tsx";
import { PlacesSection } from "./places-section.tsx";
import { RecordsSection } from "./records-section.tsx";
import { useHistoryView } from "./use-history-view.ts";
import { useStepLookup } from "./use-step-lookup.ts";

/** What a workflow has done: its numbers over time, who is where, and what happened to whom. */
export function HistoryTab({ workflow }: { readonly workflow: Workflow }) {
  const history = useHistoryView();
  const lookup = useStepLookup(workflow.id);
  return (
    <div className={classes["tab"]}>
      <PageBody>
        <NumbersSection workflowId={workflow.id} history={history} />
        <PlacesSection workflowId={workflow.id} history={history} lookup={lookup} />
        <RecordsSection workflow={workflow} workflowId={workflow.id} history={history} lookup={lookup} />
      </PageBody>
    </div>
  );
}
