import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NumberField } from "../../ui/number-field.tsx";
import classes from "./plans.module.css";
import type { Plan, Span } from "./plans-query.ts";

export type PlanValues = Pick<Plan, "name" | "runBefore" | "noticeBefore">;

export const firstValues: PlanValues = {
  name: "",
  runBefore: { amount: 1, unit: "days" },
  noticeBefore: { amount: 3, unit: "days" },
};

interface PlanFieldsProps {
  readonly values: PlanValues;
  readonly onChange: (values: PlanValues) => void;
}

/** What a plan is called, when it runs and when it says so. */
export function PlanFields({ values, onChange }: PlanFieldsProps) {
  const { t } = useTranslation("cleanup");
  return (
    <>
      <TextInput
        label={t("plan.name")}
        maxLength={100}
        required
        withAsterisk={false}
        data-autofocus
        value={values.name}
        onChange={(event) => onChange({ ...values, name: event.currentTarget.value })}
      />
      <SpanField
        label={t("plan.runBefore")}
        span={values.runBefore}
        onChange={(runBefore) => onChange({ ...values, runBefore })}
      />
      <SpanField
        label={t("plan.noticeBefore")}
        span={values.noticeBefore}
        onChange={(noticeBefore) => onChange({ ...values, noticeBefore })}
      />
    </>
  );
}

interface SpanFieldProps {
  readonly label: string;
  readonly span: Span;
  readonly onChange: (span: Span) => void;
}

function SpanField({ label, span, onChange }: SpanFieldProps) {
  const { t } = useTranslation("cleanup");
  return (
    <fieldset className={classes["span"]}>
      <legend>{label}</legend>
      <NumberField
        aria-label={`${label}: ${t("plan.amount")}`}
        min={1}
        max={500}
        allowDecimal={false}
        allowNegative={false}
        value={span.amount}
        onChange={(amount) => onChange({ ...span, amount: Math.max(1, Number(amount) || 1) })}
      />
      <Select
        aria-label={`${label}: ${t("plan.unit")}`}
        allowDeselect={false}
        data={(["hours", "days"] as const).map((value) => ({ value, label: t(`plan.${value}`) }))}
        value={span.unit}
        onChange={(unit) => onChange({ ...span, unit: unit === "hours" ? "hours" : "days" })}
      />
    </fieldset>
  );
}
