import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../../api.ts";
import { Badge } from "../../ui/badge.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { smallIcon } from "../../ui/icons.ts";
import rows from "../../ui/rows.module.css";
import { useLackingReason, useWorkflowChange, type Workflow } from "../workflow-query.ts";
import { isSame } from "./compare-definitions.ts";

export type Version = Reply<"GET /api/workflows/:workflowId/versions">["versions"][number];

interface VersionsListProps {
  readonly workflow: Workflow;
  readonly versions: readonly Version[];
}

/** Newest first, each with who made it, who is still going through it, and the way back into the draft. */
export function VersionsList({ workflow, versions }: VersionsListProps) {
  const [restoring, setRestoring] = useState<Version | null>(null);
  return (
    <ul className={rows["rows"]}>
      {versions.map((version) => (
        <VersionRow
          key={version.version}
          workflow={workflow}
          version={version}
          onRestore={() => setRestoring(version)}
        />
      ))}
      {restoring && (
        <RestoreDialog workflow={workflow} version={restoring} onClose={() => setRestoring(null)} />
      )}
    </ul>
  );
}

interface VersionRowProps {
  readonly workflow: Workflow;
  readonly version: Version;
  readonly onRestore: () => void;
}

function VersionRow({ workflow, version, onRestore }: VersionRowProps) {
  const { t } = useTranslation("workflow-history");
  const format = useFormat();
  const lacking = useLackingReason();
  const { version: number, madeAt, madeBy, inside, definition } = version;
  const draft = isSame(definition, workflow.draft);
  const on = workflow.state === "on";
  return (
    <li>
      <span className={rows["main"]}>
        <span className={rows["name"]}>
          {t("version", { number })}
          {number === workflow.version && (
            <Badge tone={on ? "good" : "none"}>{t(on ? "versions.runs" : "versions.ranLast")}</Badge>
          )}
          {draft && <Badge>{t("versions.isDraft")}</Badge>}
        </span>
        <small className={rows["detail"]}>
          {[
            format.dateTime(madeAt),
            ...(madeBy === null ? [] : [madeBy]),
            t("versions.inside", { count: inside, number: format.number(inside) }),
          ].join(" · ")}
        </small>
      </span>
      {!draft && (
        <span className={rows["end"]}>
          <GuardedButton
            size="sm"
            variant="default"
            permission="workflows.edit"
            reason={lacking}
            leftSection={<IconArrowBackUp {...smallIcon} />}
            onClick={onRestore}
          >
            {t("versions.restore")}
          </GuardedButton>
        </span>
      )}
    </li>
  );
}

interface RestoreDialogProps {
  readonly workflow: Workflow;
  readonly version: Version;
  readonly onClose: () => void;
}

function RestoreDialog({ workflow: { id, revision }, version, onClose }: RestoreDialogProps) {
  const { t } = useTranslation("workflow-history");
  const { version: number, definition } = version;
  const restore = useWorkflowChange(
    () => call("PUT /api/workflows/:workflowId/draft", { workflowId: id, revision, definition }),
    { done: () => ({ title: t("versions.restored", { number }) }), onDone: onClose },
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("versions.restoreTitle", { number })}
      verb={t("versions.restore")}
      busy={restore.isPending}
      error={restore.error}
      onConfirm={() => restore.mutate(undefined)}
    >
      <p>{t("versions.restoreText")}</p>
    </ConfirmDialog>
  );
}
