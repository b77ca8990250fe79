import { Chip, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../ui/format.ts";
import { weekdayText } from "../../words/step-words.ts";
import classes from "../panel/panel.module.css";

const days = [1, 2, 3, 4, 5, 6, 7];

interface WeekdaysFieldProps {
  readonly value: readonly number[];
  readonly onChange: (value: number[]) => void;
}

/** Days of the week, at least one of them. */
export function WeekdaysField({ value, onChange }: WeekdaysFieldProps) {
  const { t } = useTranslation("workflow-builder");
  const format = useFormat();
  return (
    <div role="group" aria-label={t("delay.weekdays")}>
      <p className={classes["label"]}>{t("delay.weekdays")}</p>
      <Group gap={6} mt={4}>
        {days.map((day) => (
          <Chip
            key={day}
            size="xs"
            checked={value.includes(day)}
            onChange={(on) => {
              const next = days.filter((each) => (each === day ? on : value.includes(each)));
              if (next.length > 0) onChange(next);
            }}
          >
            {weekdayText({ format }, day)}
          </Chip>
        ))}
      </Group>
    </div>
  );
}
