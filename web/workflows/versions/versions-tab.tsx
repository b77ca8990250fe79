import { IconVersions } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { PageBody } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../../ui/states.tsx";
import classes from "../history/history.module.css";
import { type Workflow, workflowVersionsQuery } from "../workflow-query.ts";
import { ComparisonSection } from "./comparison-section.tsx";
import { VersionsList } from "./versions-list.tsx";

/** Every version that has been on, compared with another or with the draft. */
export function VersionsTab({ workflow }: { readonly workflow: Workflow }) {
  const { t } = useTranslation("workflow-history");
  const { data, error, refetch } = useQuery(workflowVersionsQuery(workflow.id));
  return (
    <div className={classes["tab"]}>
      <PageBody>
        <Section title={t("versions.title")}>
          {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
          {data === undefined && error === null && <LoadingRows />}
          {data?.versions.length === 0 && (
            <EmptyState icon={IconVersions} title={t("versions.empty")}>
              {t("versions.emptyText")}
            </EmptyState>
          )}
          {data && data.versions.length > 0 && <VersionsList workflow={workflow} versions={data.versions} />}
        </Section>
        {data && data.versions.length > 0 && (
          <ComparisonSection workflow={workflow} versions={data.versions} />
        )}
      </PageBody>
    </div>
  );
}
