import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NumberField } from "../../../ui/number-field.tsx";
import classes from "../panel/panel.module.css";

const units = ["minutes", "hours", "days", "weeks"] as const;
const MOST = 3_650;

interface Duration {
  readonly amount: number;
  readonly unit: (typeof units)[number];
}

interface DurationFieldProps {
  readonly label: string;
  readonly value: Duration;
  readonly onChange: (value: Duration) => void;
  readonly description?: string;
}

export function DurationField({ label, value, onChange, description }: DurationFieldProps) {
  const { t } = useTranslation("workflow-builder");
  return (
    <div className={classes["pair"]}>
      <NumberField
        label={label}
        description={description}
        min={1}
        max={MOST}
        allowDecimal={false}
        allowNegative={false}
        data-autofocus
        value={value.amount}
        onChange={(next) => {
          const amount = Number(next);
          if (amount >= 1 && amount <= MOST) onChange({ ...value, amount });
        }}
      />
      <Select
        aria-label={t("delay.unit")}
        data={units.map((unit) => ({ value: unit, label: t(`delay.${unit}`) }))}
        value={value.unit}
        allowDeselect={false}
        onChange={(next) => {
          const unit = units.find((each) => each === next);
          if (unit) onChange({ ...value, unit });
        }}
      />
    </div>
  );
}
