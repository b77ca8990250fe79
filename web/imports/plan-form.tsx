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
import { importQuery, type ImportView, type Plan, type Target } from "./import-query.ts";
import { ColumnRows } from "./column-rows.tsx";
import { PlanOptions } from "./plan-options.tsx";

interface PlanFormProps {
  readonly view: ImportView;
  readonly onCancel?: () => void;
}

/** What each column becomes and how the rows are matched; then the whole file is checked. */
export function PlanForm({ view, onCancel }: PlanFormProps) {
  const { t } = useTranslation("imports");
  const queries = useQueryClient();
  const [plan, setPlan] = useState<Plan | null>(view.plan);
  const properties = useQuery(propertiesQuery);
  const check = useMutation({
    mutationFn: (plan: Plan) => call("POST /api/imports/:importId/check", { importId: view.id, plan }),
    onSuccess: async (checked) => {
      queries.setQueryData(importQuery(view.id).queryKey, checked);
      onCancel?.();
      await queries.invalidateQueries({ queryKey: propertiesQuery.queryKey });
    },
  });
  const { shape } = view;
  if (shape === null || plan === null) return null;
  const change = (changes: Partial<Plan>) => setPlan({ ...plan, ...changes });
  const setTarget = (column: number, target: Target) =>
    change({ columns: plan.columns.map((old, i) => (i === column ? target : old)) });
  const chosen = plan.columns.filter(({ to }) => to !== "skip").length;
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
          {properties.data ? (
            <ColumnRows
              shape={shape}
              plan={plan}
              properties={properties.data.properties}
              onTarget={setTarget}
            />
          ) : (
            <LoadingRows />
          )}
        </Section>
        <PlanOptions
          plan={plan}
          shape={shape}
          properties={properties.data?.properties ?? []}
          onChange={change}
        />
      </PageBody>
      <ActionBar start={<FormError error={check.error} />}>
        {onCancel && (
          <Button size="lg" variant="default" onClick={onCancel}>
            {t("plan.back")}
          </Button>
        )}
        <Button
          size="lg"
          loading={check.isPending}
          disabled={chosen === 0}
          onClick={() => check.mutate(plan)}
        >
          {t("plan.check")}
        </Button>
      </ActionBar>
    </>
  );
}
