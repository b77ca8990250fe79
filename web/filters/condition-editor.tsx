import { CloseButton, Select } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import {
  type Condition,
  type FilterField,
  type Operator,
  offered,
  valueKind,
  valuesOf,
} from "./filter-field.ts";
import classes from "./filters.module.css";
import { operatorLabel } from "./use-describe-condition.ts";
import { ValueField } from "./value-field.tsx";

interface ConditionEditorProps {
  readonly field: FilterField | undefined;
  readonly condition: Condition;
  readonly onChange: (condition: Condition) => void;
  readonly onRemove: () => void;
  /** Just added: its value is what comes next. */
  readonly fresh?: boolean;
}

/** One condition: property, operator, value. */
export function ConditionEditor({
  field,
  condition,
  onChange,
  onRemove,
  fresh = false,
}: ConditionEditorProps) {
  const { t } = useTranslation("filters");
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const inputs = frame.current?.querySelectorAll<HTMLInputElement>("input:not([type=hidden])");
    if (fresh) inputs?.[inputs.length - 1]?.focus();
  }, [fresh]);
  const name = field?.label ?? condition.propertyName;
  return (
    <div ref={frame} className={classes["condition"]} role="group" aria-label={name}>
      <div className={classes["conditionName"]}>
        <strong>{name}</strong>
        <CloseButton size="sm" aria-label={t("remove", { name })} onClick={onRemove} />
      </div>
      {field ? (
        <>
          <Select
            aria-label={t("operatorLabel", { name })}
            data={operatorsFor(field, condition.operator).map((value) => ({
              value,
              label: operatorLabel(t, field, value),
            }))}
            value={condition.operator}
            allowDeselect={false}
            onChange={(next) => next !== null && onChange(withOperator(field, condition, next))}
          />
          <ValueField field={field} condition={condition} onChange={onChange} />
        </>
      ) : (
        <p className={classes["nothing"]}>{t("gone")}</p>
      )}
    </div>
  );
}

/** Offers what is usual, and what the condition has already, such as "is" for an option. */
function operatorsFor({ type }: FilterField, current: Operator): Operator[] {
  return offered[type].includes(current) ? [...offered[type]] : [current, ...offered[type]];
}

/** Keeps the value where the other operator wants one of the same kind. */
function withOperator(field: FilterField, condition: Condition, operator: Operator): Condition {
  const { propertyName } = condition;
  const kind = valueKind(field, operator);
  const [before, values] = [valueKind(field, condition.operator), valuesOf(condition)];
  if (kind === "none") return { propertyName, operator };
  if (kind === "options" || kind === "texts")
    return { propertyName, operator, values: before === kind || before === "text" ? values : [] };
  return { propertyName, operator, value: before === kind || before === "texts" ? (values[0] ?? "") : "" };
}
