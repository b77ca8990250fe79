import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { propertiesQuery } from "../filters/use-filter-fields.ts";
import { listQuery } from "../lists/list-queries.ts";
import type { PickedList } from "../lists/members/list-picker.tsx";
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
  const listId = view.plan?.listId ?? null;
  const chosen = useQuery({ ...listQuery(listId ?? ""), enabled: listId !== null });
  if (view.shape === null || plan === null) return null;
  if (listId !== null && chosen.isPending) return <LoadingRows />;
  return (
    <Form
      view={view}
      shape={view.shape}
      plan={plan}
      onPlan={setPlan}
      list={chosen.data ?? null}
      onCancel={onCancel}
    />
  );
}

interface FormProps {
  readonly view: ImportView;
  readonly shape: NonNullable<ImportView["shape"]>;
  readonly plan: Plan;
  readonly onPlan: (plan: Plan) => void;
  /** The list that was chosen before. */
  readonly list: PickedList | null;
  readonly onCancel: (() => void) | undefined;
}

function Form({ view, shape, plan, onPlan, list: chosenBefore, onCancel }: FormProps) {
  const { t } = useTranslation("imports");
  const properties = useQuery(propertiesQuery);
  const [list, setList] = useState(chosenBefore);
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
        <PlanOptions
          plan={plan}
          shape={shape}
          properties={known ?? []}
          onChange={change}
          list={list}
          onList={setList}
        />
      </PageBody>
      <CheckBar
        importId={view.id}
        plan={plan}
        list={list}
        onList={setList}
        disabled={chosen === 0}
        onCancel={onCancel}
      />
    </>
  );
}

/** A new list is made when its import is checked. */
async function makeNew(list: PickedList | null): Promise<{ id: string; name: string } | null> {
  if (list === null || !("newName" in list)) return list;
  return (await call("POST /api/lists", { name: list.newName, type: "static" })).list;
}

interface CheckBarProps {
  readonly importId: string;
  readonly plan: Plan;
  readonly list: PickedList | null;
  readonly onList: (list: PickedList) => void;
  readonly disabled: boolean;
  readonly onCancel: (() => void) | undefined;
}

function CheckBar({ importId, plan, list, onList, disabled, onCancel }: CheckBarProps) {
  const { t } = useTranslation("imports");
  const queries = useQueryClient();
  const check = useMutation({
    mutationFn: async () => {
      const made = await makeNew(list);
      if (made) onList(made);
      const listId = made?.id ?? null;
      return call("POST /api/imports/:importId/check", { importId, plan: { ...plan, listId } });
    },
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
