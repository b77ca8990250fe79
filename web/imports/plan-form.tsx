import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { propertiesQuery } from "../filters/use-filter-fields.ts";
import { Note } from "../ui/note.tsx";
import { ActionBar, PageBody } from "../ui/page.tsx";
import { Section } from "../ui/section.tsx";
import { ErrorState, FormError, LoadingRows } from "../ui/states.tsx";
import { ColumnRows } from "./column-rows.tsx";
import { type ImportView, importQuery, type Plan, type Target } from "./import-query.ts";
import { PlanOptions } from "./plan-options.tsx";

interface PlanFormProps {
  readonly view: ImportView;
  readonly onCancel?: () => void;
}

/** What each column becomes and how the rows are matched; then the whole file is checked. */
export function PlanForm({ view, onCancel }: PlanFormProps) {
  const [plan, setPlan] = useState<Plan | null>(view.plan);
  if (view.shape === null || plan === null) return null;
  return <Form view={view} shape={view.shape} plan={plan} onPlan={setPlan} onCancel={onCancel} />;
}

interface FormProps {
  readonly view: ImportView;
  readonly shape: NonNullable<ImportView["shape"]>;
  readonly plan: Plan;
  readonly onPlan: (plan: Plan) => void;
  readonly onCancel: (() => void) | undefined;
}

function Form({ view, shape, plan, onPlan, onCancel }: FormProps) {
  const { t } = useTranslation("imports");
  const properties = useQuery(propertiesQuery);
  const change = (changes: Partial<Plan>) => onPlan({ ...plan, ...changes });
  const setTarget = (column: number, target: Target) =>
    change({ columns: plan.columns.map((old, i) => (i === column ? target : old)) });
  const chosen = plan.columns.filter(({ to }) => to !== "skip").length;
  const known = properties.data?.properties;
  return (
    <>
      <PageBody>
        {view.failure !== null && (
          <Note kind="error" title={t("plan.failed")}>
            {view.failure}
          </Note>
        )}
        {properties.isError && (
          <ErrorState error={properties.error} onRetry={() => void properties.refetch()} />
        )}
        <Section
          title={t("plan.columns")}
          aside={t("plan.chosen", { count: chosen, columns: shape.columns.length })}
        >
          {known ? (
            <ColumnRows shape={shape} plan={plan} properties={known} onTarget={setTarget} />
          ) : (
            <LoadingRows />
          )}
        </Section>
        <PlanOptions plan={plan} shape={shape} properties={known ?? []} onChange={change} />
      </PageBody>
      <CheckBar importId={view.id} plan={plan} disabled={chosen === 0} onCancel={onCancel} />
    </>
  );
}

interface CheckBarProps {
  readonly importId: string;
  readonly plan: Plan;
  readonly disabled: boolean;
  readonly onCancel: (() => void) | undefined;
}

function CheckBar({ importId, plan, disabled, onCancel }: CheckBarProps) {
  const { t } = useTranslation("imports");
  const queries = useQueryClient();
  const check = useMutation({
    mutationFn: () => call("POST /api/imports/:importId/check", { importId, plan }),
    onSuccess: async (checked) => {
      queries.setQueryData(importQuery(importId).queryKey, checked);
      onCancel?.();
      await queries.invalidateQueries({ queryKey: propertiesQuery.queryKey });
    },
  });
  return (
    <ActionBar start={<FormError error={check.error} />}>
      {onCancel && (
        <Button size="lg" variant="default" onClick={onCancel}>
          {t("plan.back")}
        </Button>
      )}
      <Button size="lg" loading={check.isPending} disabled={disabled} onClick={() => check.mutate()}>
        {t("plan.check")}
      </Button>
    </ActionBar>
  );
}
