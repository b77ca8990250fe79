import { Checkbox, Select } from "@mantine/core";
import { IconPlayerTrackPrev } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { followOperation } from "../../operations/follow-operation.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { smallIcon } from "../../ui/icons.ts";
import { useLackingReason, useWorkflowChange, type Workflow } from "../workflow-query.ts";
import classes from "./history.module.css";
import { given } from "./paged.tsx";
import type { StepLookup } from "./use-step-lookup.ts";

const ended = ["finished", "left", "parked"] as const;

interface ReplayProps {
  readonly workflow: Workflow;
  readonly lookup: StepLookup;
}

/** Has those who have been through start again at a step of the version that runs. */
export function ReplayButton({ workflow, lookup }: ReplayProps) {
  const { t } = useTranslation("workflow-history");
  const [asking, setAsking] = useState(false);
  const lacking = useLackingReason();
  if (workflow.version === null) return null;
  return (
    <>
      <GuardedButton
        size="sm"
        variant="default"
        permission="workflows.edit"
        leftSection={<IconPlayerTrackPrev {...smallIcon} />}
        reason={lacking ?? (workflow.state === "on" ? undefined : t("replay.notOn"))}
        onClick={() => setAsking(true)}
      >
        {t("replay.button")}
      </GuardedButton>
      {asking && <ReplayDialog workflow={workflow} lookup={lookup} onClose={() => setAsking(false)} />}
    </>
  );
}

interface Wanted {
  readonly step: string | null;
  readonly states: readonly string[];
  readonly endedAt: string | null;
}

function ReplayDialog({ workflow, lookup, onClose }: ReplayProps & { readonly onClose: () => void }) {
  const { t } = useTranslation("workflow-history");
  const [wanted, setWanted] = useState<Wanted>({ step: null, states: ["finished", "left"], endedAt: null });
  const { step, states, endedAt } = wanted;
  const replay = useWorkflowChange(
    () =>
      call("POST /api/workflows/:workflowId/replay", {
        workflowId: workflow.id,
        step: step ?? "",
        states: ended.filter((state) => states.includes(state)),
        ...given({ endedAt: endedAt ?? undefined }),
      }),
    {
      onDone: ({ operationId }) => {
        followOperation(operationId);
        onClose();
      },
    },
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("replay.title")}
      subtitle={workflow.name}
      verb={t("replay.verb")}
      busy={replay.isPending}
      error={replay.error}
      blocked={step === null || states.length === 0}
      onConfirm={() => replay.mutate(undefined)}
    >
      <p>{t("replay.text")}</p>
      <Fields workflow={workflow} lookup={lookup} wanted={wanted} onChange={setWanted} />
    </ConfirmDialog>
  );
}

interface FieldsProps extends ReplayProps {
  readonly wanted: Wanted;
  readonly onChange: (wanted: Wanted) => void;
}

/** It begins at a step of the version that runs; those concerned may have ended in any. */
function Fields({ workflow, lookup, wanted, onChange }: FieldsProps) {
  const { t } = useTranslation("workflow-history");
  const steps = lookup.steps.map(({ id }) => ({ value: id, label: lookup.title(id) }));
  const running = steps.filter(({ value }) => lookup.find(value, workflow.version ?? 0) !== undefined);
  return (
    <div className={classes["fields"]}>
      <Select
        label={t("replay.step")}
        data={running}
        value={wanted.step}
        onChange={(step) => onChange({ ...wanted, step })}
        data-autofocus
        openOnFocus={false}
        searchable
      />
      <Checkbox.Group
        label={t("replay.who")}
        value={[...wanted.states]}
        onChange={(states) => onChange({ ...wanted, states })}
      >
        <div className={classes["checks"]}>
          {ended.map((state) => (
            <Checkbox key={state} value={state} label={t(`state.${state}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <Select
        label={t("replay.endedAt")}
        placeholder={t("filter.anyStep")}
        data={steps}
        value={wanted.endedAt}
        onChange={(endedAt) => onChange({ ...wanted, endedAt })}
        clearable
        searchable
      />
    </div>
  );
}
