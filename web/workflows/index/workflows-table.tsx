import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconFilterOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../../ui/data-table.tsx";
import { useFormat } from "../../ui/format.ts";
import { EmptyState } from "../../ui/states.tsx";
import { useWorkflowDialog } from "../turn-on/workflow-dialogs.tsx";
import type { WorkflowRow } from "../workflow-query.ts";
import type { WorkflowsSearch } from "../workflow-search.ts";
import { readSort, shownWorkflows } from "./shown-workflows.ts";
import { useWorkflowColumns } from "./use-workflow-columns.tsx";

/** What changes in the address; empty is nothing. */
export type ChangeSearch = (part: Partial<Record<keyof WorkflowsSearch, string | undefined>>) => void;

interface WorkflowsTableProps {
  readonly workflows: readonly WorkflowRow[];
  readonly search: WorkflowsSearch;
  readonly change: ChangeSearch;
}

export function WorkflowsTable({ workflows, search, change }: WorkflowsTableProps) {
  const { t } = useTranslation("workflows");
  const { compare } = useFormat();
  const narrow = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false });
  const { open, dialog } = useWorkflowDialog();
  const columns = useWorkflowColumns(narrow ?? false, open);
  const rows = shownWorkflows(workflows, search, compare);
  if (rows.length === 0)
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t("nothing.title")}
        action={
          <Button variant="default" onClick={() => change({ query: "", folder: "", state: "" })}>
            {t("nothing.clear")}
          </Button>
        }
      >
        {t("nothing.text")}
      </EmptyState>
    );
  return (
    <>
      <DataTable
        label={t("title")}
        rows={rows}
        rowId={({ id }) => id}
        columns={columns}
        sort={readSort(search.sort)}
        onSort={(sort) => change({ sort: `${sort.descending ? "-" : ""}${sort.by}` })}
        total={rows.length}
      />
      {dialog}
    </>
  );
}
