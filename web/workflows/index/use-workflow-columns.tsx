import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../../session.ts";
import type { Column } from "../../ui/data-table-props.ts";
import { useFormat } from "../../ui/format.ts";
import { StateBadge } from "../state-badge.tsx";
import type { OpenDialog } from "../turn-on/dialog-props.ts";
import type { WorkflowRow } from "../workflow-query.ts";
import classes from "../workflows.module.css";
import { failing } from "./shown-workflows.ts";
import { WorkflowMenu } from "./workflow-menu.tsx";

type WorkflowColumn = Column<WorkflowRow>;

/** The table's columns; at 390 px the four that a list item has room for. */
export function useWorkflowColumns(narrow: boolean, open: OpenDialog): WorkflowColumn[] {
  const main = useMainColumns();
  const numbers = useNumberColumns();
  const end = useEndColumns(open);
  const item = useItemColumns(open);
  return narrow ? item : [...main, ...numbers, ...end];
}

function NameLink({ workflow: { id, name } }: { readonly workflow: WorkflowRow }) {
  return (
    <Link to="/workflows/$workflowId" params={{ workflowId: id }}>
      {name}
    </Link>
  );
}

interface ChangeCellProps {
  readonly workflow: WorkflowRow;
  readonly open: OpenDialog;
}

/** Who changed it last and when; under the pointer or the keyboard, what is done most often. */
function ChangeCell({ workflow, open }: ChangeCellProps) {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  const { can } = useMe();
  const isOn = workflow.state === "on" || workflow.state === "paused";
  const act = (kind: "clone" | "turnOn" | "turnOff") => (
    <UnstyledButton className={classes["act"]} onClick={() => open(kind, workflow)}>
      {t(`menu.${kind}`)}
    </UnstyledButton>
  );
  return (
    <span className={classes["changeCell"]}>
      {format.date(workflow.changedAt)}
      {workflow.changedBy !== null && <span className={classes["by"]}>, {workflow.changedBy}</span>}
      {can("workflows.edit") && (
        <span className={classes["acts"]} role="group" aria-label={t("menu.for", { name: workflow.name })}>
          <UnstyledButton
            className={classes["act"]}
            renderRoot={(props) => (
              <Link to="/workflows/$workflowId" params={{ workflowId: workflow.id }} {...props} />
            )}
          >
            {t("menu.edit")}
          </UnstyledButton>
          {act("clone")}
          {act(isOn ? "turnOff" : "turnOn")}
        </span>
      )}
    </span>
  );
}

function useMainColumns(): WorkflowColumn[] {
  const { t } = useTranslation("workflows");
  return [
    {
      id: "name",
      header: t("column.name"),
      sortable: true,
      cell: (workflow) => (
        <span className={classes["name"]}>
          <NameLink workflow={workflow} />
          {workflow.folder !== "" && <small>{workflow.folder}</small>}
        </span>
      ),
    },
    {
      id: "state",
      header: t("column.state"),
      width: 126,
      sortable: true,
      cell: ({ state }) => <StateBadge state={state} />,
    },
    {
      id: "owner",
      header: t("column.owner"),
      width: 120,
      sortable: true,
      cell: ({ owner }) => owner.name,
    },
  ];
}

const dash = <span aria-hidden>–</span>;

function useNumberColumns(): WorkflowColumn[] {
  const { t } = useTranslation("workflows");
  const { number } = useFormat();
  const column = (id: string, width: number, cell: WorkflowColumn["cell"]): WorkflowColumn => ({
    id,
    header: t(`column.${id}` as never),
    width,
    align: "end",
    sortable: true,
    cell,
  });
  return [
    column("enrolled", 120, ({ enrolled }) => number(enrolled)),
    column("waiting", 88, ({ waiting }) => (waiting === 0 ? dash : number(waiting))),
    column("failing", 84, (workflow) => <Failing workflow={workflow} />),
  ];
}

/** Leads to those who are being retried or parked. */
function Failing({ workflow }: { readonly workflow: WorkflowRow }) {
  const { number } = useFormat();
  const some = failing(workflow);
  if (some === 0) return dash;
  return (
    <Link
      to="/workflows/$workflowId"
      params={{ workflowId: workflow.id }}
      search={{ tab: "history", state: workflow.parked > 0 ? "parked" : "retrying" }}
      className={classes["failing"]}
    >
      {number(some)}
    </Link>
  );
}

function useEndColumns(open: OpenDialog): WorkflowColumn[] {
  const { t } = useTranslation("workflows");
  return [
    {
      id: "changedAt",
      header: t("column.changed"),
      width: 212,
      align: "end",
      sortable: true,
      cell: (workflow) => <ChangeCell workflow={workflow} open={open} />,
    },
    {
      id: "menu",
      header: t("column.menu"),
      headerHidden: true,
      width: 64,
      align: "end",
      cell: (workflow) => <WorkflowMenu workflow={workflow} open={open} />,
    },
  ];
}

function useItemColumns(open: OpenDialog): WorkflowColumn[] {
  const { t } = useTranslation("workflows");
  const { number } = useFormat();
  const numbers = (workflow: WorkflowRow) =>
    (
      [
        ["enrolledCount", workflow.enrolled],
        ["waitingCount", workflow.waiting],
        ["failingCount", failing(workflow)],
      ] as const
    )
      .filter(([, count], place) => place === 0 || count > 0)
      .map(([key, count]) => t(key, { count, number: number(count) }))
      .join(" · ");
  return [
    {
      id: "name",
      header: t("column.name"),
      narrow: "title",
      cell: (workflow) => <NameLink workflow={workflow} />,
    },
    { id: "numbers", header: t("column.enrolled"), narrow: "subtitle", cell: numbers },
    {
      id: "state",
      header: t("column.state"),
      narrow: "badge",
      cell: ({ state }) => <StateBadge state={state} />,
    },
    {
      id: "menu",
      header: t("column.menu"),
      narrow: "aside",
      cell: (workflow) => (
        <span className={classes["above"]}>
          <WorkflowMenu workflow={workflow} open={open} />
        </span>
      ),
    },
  ];
}
