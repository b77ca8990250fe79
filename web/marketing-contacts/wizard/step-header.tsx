import { UnstyledButton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { smallIcon } from "../../ui/icons.ts";
import classes from "./wizard.module.css";
import type { Choice } from "./wizard-query.ts";
import { type Step, steps } from "./wizard-search.ts";

interface StepHeaderProps {
  readonly step: Step;
  readonly choice: Choice;
  readonly onStep: (step: Step) => void;
}

/** Where one is; steps that were decided can be gone back to. */
export function StepHeader({ step, choice, onStep }: StepHeaderProps) {
  const { t } = useTranslation("cleanup");
  const place = steps.indexOf(step);
  const number = place + 1;
  useEffect(() => {
    document.title = `${t(`step.${step}`)} · ${t("title")} · Headroom`;
  }, [step, t]);
  return (
    <header className={classes["head"]}>
      <p className={classes["wide"]}>{t("title")}</p>
      <nav aria-label={t("steps")} className={classes["wide"]}>
        <ol className={classes["steps"]}>
          {steps.map((each, at) => (
            <li
              key={each}
              data-done={at < place || undefined}
              aria-current={each === step ? "step" : undefined}
            >
              <i aria-hidden>{at < place ? <IconCheck {...smallIcon} /> : at + 1}</i>
              {at < place || isOpen(each, choice) ? (
                <UnstyledButton onClick={() => onStep(each)}>{t(`step.${each}`)}</UnstyledButton>
              ) : (
                <span>{t(`step.${each}`)}</span>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <div className={classes["narrow"]}>
        <p>{t("stepOf", { number, all: steps.length, title: t("title") })}</p>
        <div className={classes["bars"]} aria-hidden>
          {steps.map((each, at) => (
            <i key={each} data-done={at <= place || undefined} />
          ))}
        </div>
      </div>
    </header>
  );
}

/** What was decided once can be looked at in any order. */
function isOpen(step: Step, { unengaged, others }: Choice): boolean {
  if (step === "start" || step === "unengaged") return true;
  return unengaged !== "open" && (step === "others" || others !== "open");
}
