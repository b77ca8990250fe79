import { UnstyledButton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useContext, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { smallIcon } from "../../ui/icons.ts";
import { TitleAside } from "../../ui/page.tsx";
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
  useFocusOnStep(step);
  const aside = useContext(TitleAside);
  return (
    <header className={classes["head"]}>
      <p className={classes["wide"]}>
        {t("title")} {aside}
      </p>
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
        <p>
          {t("stepOf", { number, all: steps.length, title: t("title") })} {aside}
        </p>
        <div className={classes["bars"]} aria-hidden>
          {steps.map((each, at) => (
            <i key={each} data-done={at <= place || undefined} />
          ))}
        </div>
      </div>
    </header>
  );
}

/** A step is a page of its own to the keyboard: it begins at the top, not where the last step's button was. */
function useFocusOnStep(step: Step): void {
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) document.getElementById("main")?.focus({ preventScroll: true });
    before.current = step;
  }, [step]);
}

/** What was decided once can be looked at in any order. */
function isOpen(step: Step, { unengaged, others }: Choice): boolean {
  if (step === "start" || step === "unengaged") return true;
  return unengaged !== "open" && (step === "others" || others !== "open");
}
