import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api.ts";
import { PageMissing } from "../shell/page-failed.tsx";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { type Workflow, workflowQuery } from "./workflow-query.ts";
import { type WorkflowTab, workflowTabs } from "./workflow-search.ts";

/** One workflow: what it does, what it has done, and its versions. */
export function WorkflowPage() {
  const { t } = useTranslation("workflows");
  const { workflowId } = useParams({ from: "/shell/workflows/$workflowId" });
  const { data: workflow, error, refetch } = useQuery(workflowQuery(workflowId));
  if (error instanceof ApiError && error.status === 404) return <PageMissing />;
  if (workflow) return <Shown key={workflow.id} workflow={workflow} />;
  return (
    <Page>
      <PageHeader title={t("title")} />
      <PageBody width={600}>
        {error === null ? (
          <LoadingRows />
        ) : (
          <ErrorState error={error} title={t("page.failed")} onRetry={() => void refetch()} />
        )}
      </PageBody>
    </Page>
  );
}

function Shown({ workflow }: { readonly workflow: Workflow }) {
  const { t } = useTranslation("workflows");
  const { tab = "builder" } = useSearch({ from: "/shell/workflows/$workflowId" });
  const navigate = useNavigate();
  return (
    <Page fill={tab === "builder"} tinted={tab !== "builder"}>
      <PageHeader
        title={workflow.name}
        crumbs={[
          <Link key="workflows" to="/workflows">
            {t("title")}
          </Link>,
        ]}
      />
      <Tabs
        fill={tab === "builder"}
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
        {null}
      </Tabs>
    </Page>
  );
}
