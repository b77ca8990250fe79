import { useTranslation } from "react-i18next";
import { useFormat } from "../../../ui/format.ts";
import { stepNode } from "../edits/canvas-graph.ts";
import { findStep, type Step } from "../edits/definition.ts";
import { numbersOf } from "../edits/outline.ts";
import { problemsAt, useBuilder } from "../state/builder-context.ts";
import { FilterText } from "../state/filter-text.tsx";
import { stepIcons } from "../state/step-icons.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import { type StepCount, useCountText } from "../state/use-step-counts.ts";
import { CardFrame } from "./card-frame.tsx";
import { CardMenu } from "./card-menu.tsx";
import classes from "./cards.module.css";
import { TestMark } from "./test-mark.tsx";

interface StepCardProps {
  readonly step: Step;
  readonly number: number;
}

/** A step: what it is, what it does in plain words, how many came by, and what is wrong with it. */
export function StepCard({ step, number }: StepCardProps) {
  const builder = useBuilder();
  const { panel, open, test, counts } = builder;
  const words = useBuilderWords();
  const title = `${number}. ${words.heading(step)}`;
  const passed = test?.reply.path.find((each) => each.step === step.id);
  const count = counts.step(step.id);
  return (
    <CardFrame
      id={stepNode(step.id)}
      title={title}
      type={step.type}
      picture={stepIcons[step.type]}
      isOpen={panel !== null && "id" in panel && panel.id === step.id}
      onOpen={() => open({ kind: "step", id: step.id })}
      problems={problemsAt(builder, step.id)}
      tested={test === null ? undefined : passed ? "passed" : "missed"}
      aside={<Aside step={step} title={title} count={count} />}
    >
      <Summary step={step} />
      {count?.real && <Inside count={count} />}
      {passed && <TestMark step={step} passed={passed} />}
    </CardFrame>
  );
}

interface AsideProps {
  readonly step: Step;
  readonly title: string;
  readonly count: StepCount | undefined;
}

function Aside({ step, title, count }: AsideProps) {
  const { readOnly } = useBuilder();
  return (
    <>
      {count && <Count count={count} />}
      {!readOnly && (
        <span className={classes["menu"]}>
          <CardMenu step={step} name={title} />
        </span>
      )}
    </>
  );
}

/** What a step does. A branch shows its condition, a jump its number. */
function Summary({ step }: { readonly step: Step }) {
  const { t } = useTranslation("workflow-builder");
  const { definition } = useBuilder();
  const words = useBuilderWords();
  const { fields } = words.words.names;
  if (step.type === "branch" && step.branches.length === 1)
    return (
      <span>
        <FilterText fields={fields} filter={step.branches[0]?.filter ?? { filterGroups: [] }} />
      </span>
    );
  if (step.type === "branch") return t("card.branches", { count: step.branches.length });
  if (step.type === "go_to") {
    const target = findStep(definition, step.step);
    const number = numbersOf(definition).get(step.step) ?? "";
    return t("card.goTo", { step: target ? `${number}. ${words.heading(target)}` : "…" });
  }
  if (step.type === "end") return t("card.end");
  return words.sentence(definition, step);
}

function Count({ count }: { readonly count: StepCount }) {
  const { t } = useTranslation("workflow-builder");
  const text = useCountText();
  const label = t(count.real ? "card.passed" : "card.wouldCome", { count: count.contacts });
  return (
    <span className={classes["count"]} title={label}>
      {text(count)}
    </span>
  );
}

/** Who stands at the step now. */
function Inside({ count }: { readonly count: StepCount }) {
  const { t } = useTranslation("workflow-builder");
  const format = useFormat();
  const states = (["waiting", "retrying", "parked"] as const).filter((state) => count[state] > 0);
  if (states.length === 0) return null;
  return (
    <span className={classes["inside"]}>
      {states.map((state) => (
        <span key={state} data-state={state}>
          {t(`inside.${state}`, { count: count[state], number: format.number(count[state]) })}
        </span>
      ))}
    </span>
  );
}
