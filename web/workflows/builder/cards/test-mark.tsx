import { IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../session.ts";
import { useFormat } from "../../../ui/format.ts";
import { smallIcon } from "../../../ui/icons.ts";
import type { Step } from "../edits/definition.ts";
import type { TestReply } from "../state/builder-context.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import classes from "./cards.module.css";

type Passed = TestReply["path"][number];

/** What would become of the contact of a test at a step. */
export function TestMark({ step, passed }: { readonly step: Step; readonly passed: Passed }) {
  const text = useTestText();
  return (
    <span className={classes["tested"]}>
      <IconCircleCheck {...smallIcon} />
      {text(step, passed)}
    </span>
  );
}

/** "Would be: Set", "Goes on 3 December 2026, 09:00". */
export function useTestText(): (step: Step, passed: Passed) => string {
  const { t } = useTranslation("workflow-builder");
  const words = useBuilderWords();
  const format = useFormat();
  const { account } = useMe();
  return (step, { outcome, way, until }) => {
    const when = until === null ? undefined : format.moment(until, account?.timeZone);
    if (step.type === "delay") return when === undefined ? t("tested.noWait") : t("tested.until", { when });
    const what =
      step.type === "branch" || step.type === "split"
        ? t("tested.goes", { way: words.way(step, way) })
        : outcome === "would_run" || outcome === "finished"
          ? t(`tested.${outcome}`)
          : t("tested.outcome", { outcome: words.outcome(step, outcome) });
    return when === undefined ? what : `${what} · ${t("tested.at", { when })}`;
  };
}
