import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/format.ts";
import { Section } from "../ui/section.tsx";
import { SplitBar } from "../ui/split-bar.tsx";
import classes from "./home.module.css";
import type { Home } from "./home-queries.ts";

type Step = Home["steps"][number]["step"];

const places: Record<Step, LinkProps> = {
  purpose: { to: "/billing" },
  import: { to: "/imports/new" },
  marketing: { to: "/contacts" },
  lower: { to: "/contacts", search: { view: "marketing" } },
  view: { to: "/contacts" },
  colleague: { to: "/settings/users" },
};

/** The list that ticks itself; it leaves when all is done. */
export function FirstSteps({ steps }: { readonly steps: Home["steps"] }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const done = steps.filter((step) => step.done).length;
  const progress = t("steps.progress", { done: format.number(done), total: format.number(steps.length) });
  return (
    <Section title={t("steps.title")} aside={progress}>
      <SplitBar
        size="slim"
        label={progress}
        segments={[
          { role: "counts", value: done, label: "" },
          { role: "room", value: steps.length - done, label: "" },
        ]}
      />
      <ul className={classes["rows"]}>
        {steps.map((step) => (
          <StepRow key={step.step} {...step} />
        ))}
      </ul>
    </Section>
  );
}

function StepRow({ step, done }: Home["steps"][number]) {
  const { t } = useTranslation("home");
  const title = t(`steps.${step}.title`);
  return (
    <li data-done={done || undefined}>
      <span className={classes["tick"]} role="img" aria-label={done ? t("steps.done") : t("steps.open")}>
        {done && <IconCheck size={12} stroke={2.5} aria-hidden />}
      </span>
      <div className={classes["text"]}>
        {done ? title : <strong>{title}</strong>}
        {!done && <small>{t(`steps.${step}.text`)}</small>}
      </div>
      {!done && (
        <Button
          size="sm"
          variant="default"
          aria-label={`${t(`steps.${step}.verb`)}: ${title}`}
          renderRoot={(props) => <Link {...props} {...places[step]} />}
        >
          {t(`steps.${step}.verb`)}
        </Button>
      )}
    </li>
  );
}
