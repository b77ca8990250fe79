import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { PlanBadge } from "../../billing/plan-badge.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { PanelForm } from "../../ui/panel-form.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { showToast } from "../../ui/toast-store.ts";
import type { Choice } from "../wizard/wizard-query.ts";
import { firstValues, PlanFields } from "./plan-fields.tsx";
import classes from "./plans.module.css";
import { plansQuery } from "./plans-query.ts";

/** Keeps the choice of the wizard, to be carried out before each update. What a plan lacks says what it would do. */
export function SavePlan({ choice }: { readonly choice: Choice }) {
  const { t } = useTranslation("cleanup");
  const [opened, setOpened] = useState(false);
  const { data } = useQuery(plansQuery);
  return (
    <>
      <Button
        size="lg"
        variant="subtle"
        color="gray"
        rightSection={data?.included === false && <PlanBadge plan="professional" />}
        onClick={() => setOpened(true)}
      >
        {t("plan.save")}
      </Button>
      <SidePanel opened={opened} onClose={() => setOpened(false)} title={t("plan.save")}>
        {opened && <Form choice={choice} onClose={() => setOpened(false)} />}
      </SidePanel>
    </>
  );
}

function Form({ choice, onClose }: { readonly choice: Choice; readonly onClose: () => void }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const queryClient = useQueryClient();
  const { data } = useQuery(plansQuery);
  const [values, setValues] = useState(firstValues);
  const create = useMutation({
    mutationFn: () => call("POST /api/cleanup/plans", { ...values, choice }),
    onSuccess: async () => {
      onClose();
      showToast({ title: t("plan.saved"), detail: values.name });
      await queryClient.invalidateQueries({ queryKey: plansQuery.queryKey });
    },
  });
  const included = data?.included !== false;
  return (
    <PanelForm
      verb={t("plan.saveVerb")}
      busy={create.isPending}
      disabled={!included || values.name.trim() === ""}
      error={create.error}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      {included ? (
        <p className={classes["about"]}>
          {t("plan.about")} {data && `${t("plan.who")}: ${format.list(data.readers)}.`}
        </p>
      ) : (
        <Note title={<PlanBadge plan="professional" />}>{t("plan.needs")}</Note>
      )}
      <PlanFields values={values} onChange={setValues} />
    </PanelForm>
  );
}
