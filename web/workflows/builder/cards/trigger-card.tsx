import { UnstyledButton } from "@mantine/core";
import { IconBolt } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../ui/format.ts";
import { icon } from "../../../ui/icons.ts";
import { TRIGGER } from "../edits/canvas-graph.ts";
import type { Happening } from "../edits/definition.ts";
import { problemsAt, useBuilder } from "../state/builder-context.ts";
import { FilterText } from "../state/filter-text.tsx";
import { card } from "../state/focus-card.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import classes from "./cards.module.css";
import { ProblemMark } from "./step-card.tsx";

/** What brings contacts in, and what keeps or takes them out. */
export function TriggerCard() {
  const { t } = useTranslation("workflow-builder");
  const format = useFormat();
  const builder = useBuilder();
  const { definition, panel, open, test, counts } = builder;
  const { enrolls } = counts;
  const { triggers } = definition;
  const problems = problemsAt(builder, null).filter(({ field }) => field.startsWith("triggers"));
  const isOpen = panel?.kind === "trigger";
  return (
    <div
      className={classes["card"]}
      data-open={isOpen || undefined}
      data-problem={problems.length > 0 || undefined}
      data-test={test === null ? undefined : "passed"}
    >
      <div className={classes["head"]}>
        <UnstyledButton
          className={classes["open"]}
          aria-label={t(problems.length > 0 ? "card.openProblem" : "card.open", { step: t("trigger.title") })}
          aria-current={isOpen || undefined}
          onClick={() => open({ kind: "trigger" })}
          {...card(TRIGGER)}
        />
        <span className={classes["icon"]} data-type="trigger">
          <IconBolt {...icon} />
        </span>
        <strong>{t("trigger.title")}</strong>
        {problems.length > 0 && <ProblemMark messages={problems.map(({ message }) => message)} />}
        {typeof enrolls === "number" && (
          <span className={classes["count"]} title={t("trigger.count")}>
            {format.number(enrolls)}
          </span>
        )}
      </div>
      <div className={classes["text"]}>
        {triggers.length === 0 && <span>{t("trigger.none")}</span>}
        {triggers.map((trigger, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a trigger is its place
          <span key={place} className={classes["trigger"]}>
            {place > 0 && <i>{t("filters:or")}</i>}
            <HappeningSentence happening={trigger} />
          </span>
        ))}
        {problems[0] && <span className={classes["problemText"]}>{problems[0].message}</span>}
      </div>
    </div>
  );
}

export function HappeningSentence({ happening }: { readonly happening: Happening }) {
  const words = useBuilderWords();
  return happening.type === "filter_met" ? (
    <span>
      <FilterText fields={words.words.names.fields} filter={happening.filter} />
    </span>
  ) : (
    <span>{words.happening(happening)}</span>
  );
}
