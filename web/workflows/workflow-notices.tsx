import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useFormat } from "../ui/format.ts";
import { GuardedButton } from "../ui/guarded-button.tsx";
import { Note } from "../ui/note.tsx";
import { BrakedNotice, useBrake } from "./braked-notice.tsx";
import type { OpenDialog } from "./turn-on/dialog-props.ts";
import { inside } from "./turn-on/inside.ts";
import { useLackingReason, useWorkflowChange, type Workflow, workflowsQuery } from "./workflow-query.ts";
import classes from "./workflows.module.css";

interface WorkflowNoticesProps {
  readonly workflow: Workflow;
  readonly open: OpenDialog;
}

/** What somebody should know before they work with it: paused and why, people inside who wait, too fast, people parked. */
export function WorkflowNotices({ workflow, open }: WorkflowNoticesProps) {
  const brake = useBrake(workflow);
  const notices = [
    workflow.state === "paused" && <Paused key="paused" workflow={workflow} open={open} />,
    workflow.state === "off" && inside(workflow) > 0 && <WaitingInside key="inside" workflow={workflow} />,
    brake && <BrakedNotice key="braked" paused={brake} />,
    workflow.parked > 0 && <Parked key="parked" workflow={workflow} />,
  ].filter(Boolean) as ReactNode[];
  return notices.length > 0 && <div className={classes["notices"]}>{notices}</div>;
}

function Paused({ workflow, open }: WorkflowNoticesProps) {
  const { t } = useTranslation("workflows");
  const lacking = useLackingReason();
  if (workflow.pauseReason === "plan") return <WithoutPlan workflow={workflow} />;
  return (
    <Note
      kind="date"
      title={t("paused.title")}
      actions={
        <GuardedButton
          permission="workflows.edit"
          reason={lacking}
          size="sm"
          variant="default"
          onClick={() => open("takeOver", workflow)}
        >
          {t("menu.takeOver")}
        </GuardedButton>
      }
    >
      {t("paused.owner", { name: workflow.owner.name })}
    </Note>
  );
}

/** With a plan that has workflows it can go on; until then there is nothing to press that would work. */
function WithoutPlan({ workflow: { id: workflowId } }: { readonly workflow: Workflow }) {
  const { t } = useTranslation("workflows");
  const { data } = useQuery({ ...workflowsQuery(), refetchInterval: false });
  const resume = useWorkflowChange(() => call("POST /api/workflows/:workflowId/resume", { workflowId }), {
    done: ({ name }) => ({ title: t("turnOn.done", { name }) }),
    toastError: true,
  });
  const button = (
    <GuardedButton
      permission="workflows.edit"
      size="sm"
      variant="default"
      loading={resume.isPending}
      onClick={() => resume.mutate(undefined)}
    >
      {t("paused.resume")}
    </GuardedButton>
  );
  return (
    <Note kind="date" title={t("paused.title")} actions={data?.included ? button : undefined}>
      {data?.included ? (
        t("paused.planBack")
      ) : (
        <>
          {t("paused.plan")} <Link to="/billing">{t("plans:lacks.change")}</Link>
        </>
      )}
    </Note>
  );
}

/** Off, but not left by everybody. */
function WaitingInside({ workflow }: { readonly workflow: Workflow }) {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  const count = inside(workflow);
  return <Note>{t("page.inside", { count, number: format.number(count) })}</Note>;
}

function Parked({ workflow: { id, parked } }: { readonly workflow: Workflow }) {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  return (
    <Note kind="error">
      {t("page.parked", { count: parked, number: format.number(parked) })}{" "}
      <Link
        to="/workflows/$workflowId"
        params={{ workflowId: id }}
        search={{ tab: "history", state: "parked" }}
        replace
      >
        {t("page.showParked")}
      </Link>
    </Note>
  );
}
