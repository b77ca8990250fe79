import { ActionIcon } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../session.ts";
import { Badge } from "../ui/badge.tsx";
import { useFormat } from "../ui/format.ts";
import { GuardedButton } from "../ui/guarded-button.tsx";
import { smallIcon } from "../ui/icons.ts";
import { PageHeader } from "../ui/page.tsx";
import { WorkflowMenu } from "./index/workflow-menu.tsx";
import { StateBadge } from "./state-badge.tsx";
import type { OpenDialog } from "./turn-on/dialog-props.ts";
import { useLackingReason, type Workflow } from "./workflow-query.ts";

interface WorkflowHeaderProps {
  readonly workflow: Workflow;
  readonly open: OpenDialog;
}

/** Its name and state, in whose name it acts, and the way to turn it on and off. */
export function WorkflowHeader({ workflow, open }: WorkflowHeaderProps) {
  const { t } = useTranslation("workflows");
  const { can } = useMe();
  const lacking = useLackingReason();
  const { name, state, version, draftRuns } = workflow;
  return (
    <PageHeader
      title={name}
      crumbs={[
        <Link key="workflows" to="/workflows">
          {t("title")}
        </Link>,
        ...(workflow.folder === ""
          ? []
          : [
              <Link key="folder" to="/workflows" search={{ folder: workflow.folder }}>
                {workflow.folder}
              </Link>,
            ]),
      ]}
      badge={
        <>
          {can("workflows.edit") && !lacking && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("menu.rename")}
              onClick={() => open("rename", workflow)}
            >
              <IconPencil {...smallIcon} />
            </ActionIcon>
          )}
          <StateBadge state={state} />
          {version !== null && !draftRuns && <Badge>{t("page.edited")}</Badge>}
        </>
      }
      subtitle={<About workflow={workflow} />}
      actions={
        <>
          <Switch workflow={workflow} open={open} />
          <WorkflowMenu workflow={workflow} open={open} onPage />
        </>
      }
    />
  );
}

/** "Version 3 · owner Marta Lindqvist · changed 18 Nov 2026, 14:28 by Jonas Ek" */
function About({ workflow }: { readonly workflow: Workflow }) {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  const { version, owner, changedAt, changedBy } = workflow;
  const at = format.dateTime(changedAt);
  return [
    version === null ? t("page.neverOn") : t("page.version", { version: format.number(version) }),
    t("page.owner", { name: owner.name }),
    changedBy === null ? t("page.changed", { at }) : t("page.changedBy", { at, name: changedBy }),
  ].join(" · ");
}

/** The one button that matters now: on, off, or the changes that are not on yet. */
function Switch({ workflow, open }: WorkflowHeaderProps) {
  const { t } = useTranslation("workflows");
  const { state, draftRuns } = workflow;
  const lacking = useLackingReason();
  const guard = { permission: "workflows.edit" } as const;
  return (
    <>
      {state === "on" && (
        <GuardedButton {...guard} variant="default" onClick={() => open("turnOff", workflow)}>
          {t("menu.turnOff")}
        </GuardedButton>
      )}
      {(state === "off" || state === "draft" || (state === "on" && !draftRuns)) && (
        <GuardedButton {...guard} reason={lacking} onClick={() => open("turnOn", workflow)}>
          {t(state === "on" ? "menu.turnOnChanges" : "menu.turnOn")}
        </GuardedButton>
      )}
    </>
  );
}
