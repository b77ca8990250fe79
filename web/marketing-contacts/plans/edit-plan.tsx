import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { PanelForm } from "../../ui/panel-form.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { PlanFields } from "./plan-fields.tsx";
import classes from "./plans.module.css";
import { type Plan, plansQuery } from "./plans-query.ts";

interface EditPlanProps {
  readonly plan: Plan;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Another name, other times; whom it is about is chosen in the wizard. */
export function EditPlan({ plan, opened, onClose }: EditPlanProps) {
  const { t } = useTranslation("cleanup");
  return (
    <SidePanel opened={opened} onClose={onClose} title={t("plan.editTitle")}>
      {opened && <Form plan={plan} onClose={onClose} />}
    </SidePanel>
  );
}

function Form({ plan, onClose }: Omit<EditPlanProps, "opened">) {
  const { t } = useTranslation("cleanup");
  const queryClient = useQueryClient();
  const { name, runBefore, noticeBefore } = plan;
  const [values, setValues] = useState({ name, runBefore, noticeBefore });
  const save = useMutation({
    mutationFn: () => call("PATCH /api/cleanup/plans/:planId", { planId: plan.id, ...values }),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: plansQuery.queryKey });
    },
  });
  return (
    <PanelForm
      verb={t("plan.saveVerb")}
      busy={save.isPending}
      disabled={values.name.trim() === ""}
      error={save.error}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <PlanFields values={values} onChange={setValues} />
      <p className={classes["about"]}>{t("plan.rechoose")}</p>
    </PanelForm>
  );
}
