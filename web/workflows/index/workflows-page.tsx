import { Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PlanLacks } from "../../billing/plan-badge.tsx";
import { ChipBar } from "../../ui/filter-chip.tsx";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { icon } from "../../ui/icons.ts";
import { Page, PageHeader } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { useSearchChange } from "../../ui/use-search-change.ts";
import { NewWorkflowDialog } from "../turn-on/new-workflow-dialog.tsx";
import { type Workflows, workflowsQuery } from "../workflow-query.ts";
import { type WorkflowsSearch, workflowStates, workflowsSearch } from "../workflow-search.ts";
import classes from "../workflows.module.css";
import { FirstWorkflow, WhatTheyDo } from "./first-workflow.tsx";
import type { TemplateName } from "./template-cards.tsx";
import { type ChangeSearch, WorkflowsTable } from "./workflows-table.tsx";

/** Automations > Workflows: what runs by itself, and how it fares. */
export function WorkflowsPage() {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  const { data, error, refetch } = useQuery(workflowsQuery());
  const [template, setTemplate] = useState<TemplateName | null>(null);
  const { workflows = [], folders = [], included = false } = data ?? {};
  const some = workflows.length > 0;
  return (
    <Page fill={some} tinted={!some}>
      <PageHeader
        title={t("title")}
        {...(some && { count: format.number(workflows.length) })}
        actions={included && <Create onClick={() => setTemplate("blank")} />}
      />
      {data ? (
        <Content workflows={data} onPick={setTemplate} />
      ) : (
        <NotYet error={error} onRetry={() => void refetch()} />
      )}
      {template !== null && (
        <NewWorkflowDialog template={template} folders={folders} onClose={() => setTemplate(null)} />
      )}
    </Page>
  );
}

interface NotYetProps {
  readonly error: Error | null;
  readonly onRetry: () => void;
}

function NotYet({ error, onRetry }: NotYetProps) {
  return (
    <div className={classes["notice"]}>
      {error === null ? <LoadingRows rows={8} /> : <ErrorState error={error} onRetry={onRetry} />}
    </div>
  );
}

function Create({ onClick }: { readonly onClick: () => void }) {
  const { t } = useTranslation("workflows");
  return (
    <GuardedButton permission="workflows.edit" leftSection={<IconPlus {...icon} />} onClick={onClick}>
      {t("create")}
    </GuardedButton>
  );
}

interface ContentProps {
  readonly workflows: Workflows;
  readonly onPick: (template: TemplateName) => void;
}

/** Where a plan has fallen, what there was stays in sight below what the plan lacks. */
function Content({ workflows, onPick }: ContentProps) {
  const none = workflows.workflows.length === 0;
  return (
    <>
      {!workflows.included && <Lacking examples={none} />}
      {!none && <All workflows={workflows} />}
      {workflows.included && none && <FirstWorkflow onPick={onPick} />}
    </>
  );
}

/** What the plan lacks, and what it would do. */
function Lacking({ examples }: { readonly examples: boolean }) {
  const { t } = useTranslation("workflows");
  return (
    <div className={classes["first"]}>
      <PlanLacks plan="professional" title={t("title")}>
        <p className={classes["lead"]}>{t("empty.text")}</p>
      </PlanLacks>
      {examples && <WhatTheyDo />}
    </div>
  );
}

function All({ workflows: { workflows, folders } }: { readonly workflows: Workflows }) {
  const search = useSearch({ from: "/shell/workflows" });
  const changeSearch = useSearchChange();
  const change: ChangeSearch = (part) => changeSearch((now) => workflowsSearch({ ...now, ...part }));
  return (
    <>
      <Bar search={search} change={change} folders={folders} />
      <WorkflowsTable workflows={workflows} search={search} change={change} />
    </>
  );
}

interface BarProps {
  readonly search: WorkflowsSearch;
  readonly change: ChangeSearch;
  readonly folders: readonly string[];
}

function Bar({ search, change, folders }: BarProps) {
  const { t } = useTranslation("workflows");
  const common = { size: "xs", allowDeselect: false, className: classes["filter"] ?? "" } as const;
  return (
    <ChipBar
      start={
        <>
          <SearchField
            query={search.query ?? ""}
            onSearch={(query) => change({ query })}
            label={t("search")}
            className={classes["search"] ?? ""}
          />
          <Select
            {...common}
            aria-label={t("column.state")}
            value={search.state ?? ""}
            data={[
              { value: "", label: t("allStates") },
              ...workflowStates.map((value) => ({ value, label: t(`state.${value}`) })),
            ]}
            onChange={(state) => change({ state: workflowStates.find((known) => known === state) })}
          />
          {folders.length > 0 && (
            <Select
              {...common}
              aria-label={t("folder")}
              value={search.folder ?? ""}
              data={[
                { value: "", label: t("allFolders") },
                ...folders.map((folder) => ({ value: folder, label: folder })),
              ]}
              onChange={(folder) => change({ folder: folder ?? "" })}
            />
          )}
        </>
      }
    />
  );
}
