import { Radio } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { TypedNumber } from "../../ui/typed-number.tsx";
import { useUnsaved } from "../unsaved-drafts.ts";
import {
  useWorkflowChange,
  type Workflow,
  type WorkflowPrice,
  workflowPriceQuery,
  workflowQuery,
} from "../workflow-query.ts";
import classes from "../workflows.module.css";
import type { WorkflowDialogProps } from "./dialog-props.ts";
import { PriceTag } from "./price-tag.tsx";
import { priceByDirection, raised } from "./price-totals.ts";
import { Problems } from "./problems.tsx";

/** A raise of so many contacts asks for the number to be typed. */
const TYPED_RAISE = 25;

/** What turning it on would do, told before; or what has to be mended first. */
export function TurnOnDialog({ workflow: row, onClose }: WorkflowDialogProps) {
  const { t } = useTranslation("workflows");
  const { data: workflow, error, refetch } = useQuery({ ...workflowQuery(row.id), staleTime: 0 });
  // What is still on its way to the server would not be turned on.
  const unsaved = useUnsaved(row.id);
  if (workflow && workflow.problems.length === 0 && unsaved === null)
    return <Priced key={workflow.revision} workflow={workflow} onClose={onClose} />;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("turnOn.title")}
      subtitle={row.name}
      verb={t("menu.turnOn")}
      blocked
      onConfirm={onClose}
    >
      {error === null ? (
        <NotYet workflow={workflow} unsaved={unsaved} onClose={onClose} />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </ConfirmDialog>
  );
}

interface NotYetProps {
  readonly workflow: Workflow | undefined;
  readonly unsaved: ReturnType<typeof useUnsaved>;
  readonly onClose: () => void;
}

/** What has to be waited for, or mended. */
function NotYet({ workflow, unsaved, onClose }: NotYetProps) {
  const { t } = useTranslation("workflow-builder");
  if (unsaved === "failed") return <Note kind="error">{t("failed")}</Note>;
  if (workflow === undefined || unsaved !== null) return <LoadingRows />;
  return <Problems workflow={workflow} onGo={onClose} />;
}

type Existing = "enroll" | "later";

interface PricedProps {
  readonly workflow: Workflow;
  readonly onClose: () => void;
}

function Priced({ workflow, onClose }: PricedProps) {
  const { t } = useTranslation("workflows");
  const [chosen, setChosen] = useState<Existing | null>(null);
  const [typed, setTyped] = useState<number | null>(null);
  const price = useQuery({ ...workflowPriceQuery(workflow), staleTime: 0 });
  const turnOn = useTurnOn(workflow, onClose);
  const { existing, toType } = answerOf(price.data, workflow, chosen);
  const ready = price.isSuccess && !price.isFetching && existing !== null;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("turnOn.title")}
      subtitle={workflow.name}
      verb={t("menu.turnOn")}
      busy={turnOn.isPending}
      error={turnOn.error}
      blocked={!ready || toType !== typed}
      onConfirm={() => turnOn.mutate(existing === "enroll")}
    >
      {price.isError && <ErrorState error={price.error} onRetry={() => void price.refetch()} />}
      {price.isPending && <LoadingRows />}
      {price.data && <Who price={price.data} existing={existing} onExisting={setChosen} />}
      {price.data && existing !== "later" && <PriceTag price={price.data} draft={workflow.draft} />}
      <Typed key={toType} expected={toType} onTyped={setTyped} />
      <About workflow={workflow} />
    </ConfirmDialog>
  );
}

interface TypedProps {
  readonly expected: number | null;
  readonly onTyped: (number: number | null) => void;
}

/** Asks for the number where many would be set as marketing contacts; what was typed for another is forgotten. */
function Typed({ expected, onTyped }: TypedProps) {
  useEffect(() => onTyped(null), [onTyped]);
  if (expected === null) return null;
  return <TypedNumber expected={expected} onChange={(right) => onTyped(right ? expected : null)} />;
}

/** What is chosen about those who match, and the number it takes. Where nobody matches there is nothing to choose. */
function answerOf(
  price: WorkflowPrice | undefined,
  workflow: Workflow,
  chosen: Existing | null,
): { existing: Existing | null; toType: number | null } {
  const existing = (price?.enrolls ?? 0) > 0 ? chosen : "later";
  return { existing, toType: existing === "enroll" ? raiseToType(price, workflow) : null };
}

/** The number that has to be typed, where many would be set as marketing contacts. */
function raiseToType(price: WorkflowPrice | undefined, { draft }: Workflow): number | null {
  const rises = price === undefined ? 0 : raised(priceByDirection(price, draft));
  return rises >= TYPED_RAISE ? rises : null;
}

function useTurnOn({ id: workflowId, revision, name }: Workflow, onClose: () => void) {
  const { t } = useTranslation("workflows");
  return useWorkflowChange(
    (enrollExisting: boolean) =>
      call("POST /api/workflows/:workflowId/turn-on", { workflowId, revision, enrollExisting }),
    { done: () => ({ title: t("turnOn.done", { name }) }), onDone: onClose },
  );
}

interface WhoProps {
  readonly price: WorkflowPrice;
  readonly existing: Existing | null;
  readonly onExisting: (existing: Existing) => void;
}

/** Whether those enter who match already. */
function Who({ price: { enrolls }, existing, onExisting }: WhoProps) {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  if (enrolls === null) return <Note>{t("turnOn.waits")}</Note>;
  if (enrolls === 0) return <Note>{t("turnOn.nobody")}</Note>;
  const count = { count: enrolls, number: format.number(enrolls) };
  return (
    <Radio.Group
      label={t("turnOn.matching", count)}
      value={existing}
      onChange={(value) => onExisting(value === "enroll" ? "enroll" : "later")}
    >
      <div className={classes["choices"]}>
        <Radio value="enroll" label={t("turnOn.enroll", count)} description={t("turnOn.enrollHelp")} />
        <Radio value="later" label={t("turnOn.later")} description={t("turnOn.laterHelp")} />
      </div>
    </Radio.Group>
  );
}

/** In whose name it acts, and what becomes of those in an older version. */
function About({ workflow: { owner, version } }: { readonly workflow: Workflow }) {
  const { t } = useTranslation("workflows");
  return (
    <p className={classes["dimmed"]}>
      {t("turnOn.owner", { name: owner.name })} {version !== null && t("turnOn.older")}
    </p>
  );
}
