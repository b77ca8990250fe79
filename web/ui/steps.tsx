import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./steps.module.css";

interface StepsProps {
  /** What the steps lead through. */
  readonly title: string;
  readonly steps: readonly string[];
  /** From 0. */
  readonly current: number;
}

/** The head of a wizard: where one is. A bar of parts at 390 px. */
export function Steps({ title, steps, current }: StepsProps) {
  const { t } = useTranslation("ui");
  return (
    <div className={classes["head"]}>
      <p className={classes["title"]}>
        {title}
        <span className={classes["narrow"]}>, {t("step", { step: current + 1, steps: steps.length })}</span>
      </p>
      <ol className={classes["steps"]}>
        {steps.map((step, place) => (
          <li
            key={step}
            data-state={place < current ? "done" : place === current ? "on" : "ahead"}
            aria-current={place === current ? "step" : undefined}
          >
            <i aria-hidden>{place < current ? <IconCheck size={12} stroke={2.5} /> : place + 1}</i>
            <span>{step}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
