import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api.ts";
import { PageMissing } from "../shell/page-failed.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Page } from "../ui/page.tsx";
import { PageLoading } from "../ui/page-loading.tsx";
import { LoadingRows } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { useWorkflowDialog } from "./turn-on/workflow-dialogs.tsx";
import { useBuilderView } from "./use-builder-view.ts";
import { WorkflowHeader } from "./workflow-header.tsx";
import { WorkflowNotices } from "./workflow-notices.tsx";
import { type Workflow, workflowQuery } from "./workflow-query.ts";
import { type WorkflowSearch, type WorkflowTab, workflowTabs } from "./workflow-search.ts";

type Tab = ComponentType<{ readonly workflow: Workflow }>;

/** Each comes when it is opened: the canvas is much to load for whoever reads the history. */
const contents: Record<WorkflowTab, Tab> = {
  builder: lazyPart(async () => (await import("./builder/builder-tab.tsx")).BuilderTab, <LoadingRows />),
  history: lazyPart(async () => (await import("./history/history-tab.tsx")).HistoryTab, <LoadingRows />),
  versions: lazyPart(async () => (await import("./versions/versions-tab.tsx")).VersionsTab, <LoadingRows />),
};

const WATCHING_MS = 5_000;

/** One workflow: what it does, what it has done, and its versions. */
export function WorkflowPage() {
  const { t } = useTranslation("workflows");
  const { workflowId } = useParams({ from: "/shell/workflows/$workflowId" });
  const { tab = "builder" }: WorkflowSearch = useSearch({ from: "/shell/workflows/$workflowId" });
  // Whoever builds is not disturbed; whoever watches sees what happens.
  const refetchInterval = tab === "builder" ? false : WATCHING_MS;
  const { data: workflow, error, refetch } = useQuery({ ...workflowQuery(workflowId), refetchInterval });
  if (error instanceof ApiError && error.status === 404) return <PageMissing />;
  if (workflow) return <Shown key={workflow.id} workflow={workflow} />;
  const failed = t("page.failed");
  return <PageLoading title={t("title")} failed={failed} error={error} onRetry={() => void refetch()} />;
}

function Shown({ workflow }: { readonly workflow: Workflow }) {
  const { t } = useTranslation("workflows");
  const { tab = "builder" }: WorkflowSearch = useSearch({ from: "/shell/workflows/$workflowId" });
  const view = useBuilderView();
  const navigate = useNavigate();
  const { open, dialog } = useWorkflowDialog();
  const Content = contents[tab];
  const fills = tab === "builder";
  return (
    <Page fill={fills && !view.flows} tinted={!fills}>
      <WorkflowHeader workflow={workflow} open={open} />
      <WorkflowNotices workflow={workflow} open={open} />
      <Tabs
        fill={fills}
        label={t("page.tabs")}
        tabs={workflowTabs.map((value) => ({ value, label: t(`page.${value}`) }))}
        value={tab}
        onChange={(next) =>
          void navigate({
            to: "/workflows/$workflowId",
            params: { workflowId: workflow.id },
            search: { tab: next as WorkflowTab },
            replace: true,
          })
        }
      >
        <Content workflow={workflow} />
      </Tabs>
      {dialog}
    </Page>
  );
}
