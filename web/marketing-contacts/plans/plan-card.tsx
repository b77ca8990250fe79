import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { Badge } from "../../ui/badge.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/section.tsx";
import { FormError } from "../../ui/states.tsx";
import { PartName } from "../wizard/chosen-card.tsx";
import { EditPlan } from "./edit-plan.tsx";
import { PlanHistory } from "./plan-history.tsx";
import classes from "./plans.module.css";
import { type Plan, type Plans, plansQuery } from "./plans-query.ts";
import { isToCome, RunPlan } from "./run-plan.tsx";

interface PlanCardProps {
  readonly plan: Plan;
  readonly plans: Plans;
}

/** One plan: whom it is about, what comes next and until when it can be stopped, and what it did. */
export function PlanCard({ plan, plans }: PlanCardProps) {
  const { t } = useTranslation("cleanup");
  const on = plan.state === "on" && plans.included;
  return (
    <Section
      title={plan.name}
      aside={<Badge tone={on ? "good" : "plain"}>{t(on ? "plan.on" : "plan.paused")}</Badge>}
    >
      <p className={classes["about"]}>
        <Who plan={plan} />
      </p>
      <p className={classes["about"]}>{t("plan.owner", { name: plan.owner.name })}</p>
      {on ? <Next plan={plan} plans={plans} /> : <Paused plan={plan} included={plans.included} />}
      <Actions plan={plan} />
      <PlanHistory runs={plan.history} timeZone={plans.timeZone} />
    </Section>
  );
}

/** The parts of its choice, by name. */
function Who({ plan: { choice } }: { readonly plan: Plan }) {
  const { t } = useTranslation("cleanup");
  const others = choice.others === "taken";
  const parts = [
    ...(choice.unengaged === "taken" ? choice.groups.map((key) => ({ kind: "group" as const, key })) : []),
    ...(others && choice.filter ? [{ kind: "filter" as const, key: "" }] : []),
    ...(others ? choice.lists.map((key) => ({ kind: "list" as const, key })) : []),
  ];
  return (
    <>
      {t("plan.who")}:{" "}
      {parts.map((part, place) => (
        <span key={part.kind + part.key}>
          {place > 0 && ", "}
          <PartName part={part} />
        </span>
      ))}
    </>
  );
}

/** Why it does not run; a subscription without plans is the first reason, whatever the plan itself says. */
function Paused({ plan, included }: { readonly plan: Plan; readonly included: boolean }) {
  const { t } = useTranslation("cleanup");
  const reason = included ? (plan.pausedReason ?? "hand") : "plan";
  return <Note>{t(`plan.pausedReason.${reason}`, { name: plan.owner.name })}</Note>;
}

function Next({ plan: { next }, plans }: PlanCardProps) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  return (
    <Note kind="date" title={t("plan.next", { date: format.dateLong(next.updateAt, plans.timeZone) })}>
      <WhatComes next={next} plans={plans} />
    </Note>
  );
}

const ended = {
  skipped: "plan.skipped",
  done: "plan.doneNow",
  missed: "plan.missedNow",
  paused: "plan.missedNow",
} as const;

function WhatComes({ next, plans }: { readonly next: Plan["next"]; readonly plans: Plans }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const moment = (at: string) => format.moment(at, plans.timeZone);
  const { run, noticeAt } = next;
  if (run !== null && run.state !== "announced") return <>{t(ended[run.state])}</>;
  const runs = t("plan.runsAt", { date: moment(run?.runAt ?? next.runAt) });
  const count = run?.announced ?? 0;
  const said =
    run === null
      ? t("plan.noticeAt", { date: moment(noticeAt) })
      : t("plan.announced", { count, number: format.number(count), names: format.list(plans.readers) });
  return <>{`${said}. ${runs}.`}</>;
}

function usePlanChange<Wanted>(change: (wanted: Wanted) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: plansQuery.queryKey }),
  });
}

function Actions({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation("cleanup");
  const planId = plan.id;
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const set = usePlanChange((state: "on" | "paused") =>
    call("PATCH /api/cleanup/plans/:planId", { planId, state }),
  );
  const skip = usePlanChange((skip: boolean) =>
    call("POST /api/cleanup/plans/:planId/skip", { planId, skip }),
  );
  const take = usePlanChange(() => call("POST /api/cleanup/plans/:planId/take-over", { planId }));
  const remove = usePlanChange(() => call("DELETE /api/cleanup/plans/:planId", { planId }));
  const busy = set.isPending || skip.isPending || take.isPending;
  const button = (key: string, act: () => void) => (
    <Button size="sm" variant="default" disabled={busy} onClick={act}>
      {t(`plan.${key}`)}
    </Button>
  );
  return (
    <>
      <div className={classes["actions"]}>
        {plan.state === "on" && <SkipButton plan={plan} button={button} onSkip={skip.mutate} />}
        <RunPlan plan={plan} button={button} />
        {plan.pausedReason === "permission" && button("takeOver", () => take.mutate(undefined))}
        {plan.state === "on" && button("pause", () => set.mutate("paused"))}
        {plan.state === "paused" &&
          plan.pausedReason !== "permission" &&
          button("resume", () => set.mutate("on"))}
        {button("edit", () => setOpen("edit"))}
        {button("delete", () => setOpen("delete"))}
      </div>
      <FormError error={set.error ?? skip.error ?? take.error} />
      <EditPlan plan={plan} opened={open === "edit"} onClose={() => setOpen(null)} />
      <ConfirmDialog
        opened={open === "delete"}
        onClose={() => setOpen(null)}
        title={t("plan.deleteTitle", { name: plan.name })}
        verb={t("plan.delete")}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined)}
      >
        {t("plan.deleteText")}
      </ConfirmDialog>
    </>
  );
}

interface SkipButtonProps {
  readonly plan: Plan;
  readonly button: (key: string, act: () => void) => ReactNode;
  readonly onSkip: (skip: boolean) => void;
}

/** Only while there is something to stop, or to take back. */
function SkipButton({ plan, button, onSkip }: SkipButtonProps) {
  if (plan.next.run?.state === "skipped") return button("unskip", () => onSkip(false));
  return isToCome(plan) ? button("skip", () => onSkip(true)) : null;
}
