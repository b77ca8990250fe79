import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./usage.module.css";
import type { History } from "./usage-queries.ts";
import { isDay, type UsageSearch } from "./usage-search.ts";

interface OwnRangeProps {
  readonly history: History;
  readonly onChange: (change: UsageSearch) => void;
}

/** Two days between which the chart is looked at. What is no range yet is said, and the picture stays. */
export function OwnRange({ history, onChange }: OwnRangeProps) {
  const { t } = useTranslation("usage");
  const [typed, setTyped] = useState({ from: history.from, to: history.to });
  const isBackwards = isDay(typed.from) && isDay(typed.to) && typed.from > typed.to;
  const type = (change: Partial<typeof typed>) => {
    const next = { ...typed, ...change };
    setTyped(next);
    if (isDay(next.from) && isDay(next.to) && next.from <= next.to) onChange({ range: "own", ...next });
  };
  return (
    <div className={classes["own"]}>
      {(["from", "to"] as const).map((edge) => (
        <TextInput
          key={edge}
          type="date"
          label={t(`own.${edge}`)}
          value={typed[edge]}
          error={edge === "to" && isBackwards ? t("own.backwards") : undefined}
          onChange={(event) => type({ [edge]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}
