import { useTranslation } from "react-i18next";
import type { Step, WorkflowDefinition } from "../../../contract/workflow-definition.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import stacked from "../../ui/stacked.module.css";
import { useWorkflowWords } from "../words/use-workflow-words.ts";
import type { ComparedStep, Comparison, StepChange } from "./compare-definitions.ts";
import { type Say, settingLines, stepLines } from "./definition-lines.ts";
import classes from "./versions.module.css";

interface Side {
  readonly definition: WorkflowDefinition;
  readonly label: string;
}

interface ComparisonTableProps {
  readonly comparison: Comparison;
  readonly before: Side;
  readonly after: Side;
  /** Also what is the same. */
  readonly all: boolean;
}

interface Row {
  readonly key: string;
  readonly change: StepChange;
  readonly before: Cell | null;
  readonly after: Cell | null;
}

interface Cell {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Settings, then steps in their order; lines that only one side has are marked. */
export function ComparisonTable({ comparison, before, after, all }: ComparisonTableProps) {
  const { t } = useTranslation("workflow-history");
  const rows = useRows({ comparison, before, after });
  const shown = rows.filter(({ change }) => all || change !== "same");
  if (shown.length === 0) return <p className={classes["same"]}>{t("compare.same")}</p>;
  return (
    <table className={`${classes["compare"]} ${stacked["stacked"]}`}>
      <thead>
        <tr>
          <th scope="col">{before.label}</th>
          <th scope="col">{after.label}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr key={row.key} data-change={row.change}>
            <Side cell={row.before} other={row.after} label={before.label} change={row.change} />
            <Side cell={row.after} other={row.before} label={after.label} change={row.change} now />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useRows({ comparison, before, after }: Omit<ComparisonTableProps, "all">): Row[] {
  const { t } = useTranslation("workflow-history");
  const words = useWorkflowWords();
  const say: Say = (key, values) => t(key, values ?? {});
  const settingOf = ({ definition }: Side, setting: Comparison["settings"][number]["setting"]): Cell => ({
    title: t(`setting.${setting}`),
    lines: settingLines({ words, say, definition }, setting),
  });
  const stepOf = ({ definition }: Side, step: Step | null): Cell | null =>
    step && {
      title: words.title(definition, step),
      lines: stepLines({ words, say, definition }, step),
    };
  const startOf = ({ definition }: Side): Cell => {
    const step = definition.steps.find(({ id }) => id === definition.start);
    return {
      title: t("setting.start"),
      lines: [step ? words.title(definition, step) : t("lines.none")],
    };
  };
  return [
    ...comparison.settings.map(({ setting, changed }) => ({
      key: setting,
      change: changed ? ("changed" as const) : ("same" as const),
      before: settingOf(before, setting),
      after: settingOf(after, setting),
    })),
    {
      key: "start",
      change: comparison.startMoved ? "changed" : "same",
      before: startOf(before),
      after: startOf(after),
    },
    ...comparison.steps.map((step: ComparedStep) => ({
      key: `step ${step.id}`,
      change: step.change,
      before: stepOf(before, step.before),
      after: stepOf(after, step.after),
    })),
  ];
}

const tones: Record<Exclude<StepChange, "same">, Tone> = {
  added: "good",
  removed: "bad",
  changed: "waiting",
  moved: "plain",
};

interface SideProps {
  readonly cell: Cell | null;
  readonly other: Cell | null;
  /** Which side it is, where they stand below each other. */
  readonly label: string;
  readonly change: StepChange;
  readonly now?: boolean;
}

function Side({ cell, other, label, change, now = false }: SideProps) {
  const { t } = useTranslation("workflow-history");
  if (cell === null)
    return (
      <td data-empty data-side={label}>
        <span className={classes["nothing"]}>{t(now ? "compare.notAnyMore" : "compare.notYet")}</span>
      </td>
    );
  const named = change !== "same" && (now || other === null);
  return (
    <td data-side={label} data-now={now || undefined}>
      <div className={classes["cellTitle"]}>
        <strong data-differs={(other !== null && other.title !== cell.title) || undefined}>
          {cell.title}
        </strong>
        {named && <Badge tone={tones[change]}>{t(`change.${change}`)}</Badge>}
      </div>
      <ul>
        {cell.lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines in a fixed order
          <li key={place} data-differs={(other !== null && !other.lines.includes(line)) || undefined}>
            {line}
          </li>
        ))}
      </ul>
    </td>
  );
}
