import { Button, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { smallIcon } from "../../../ui/icons.ts";
import type { StepOf } from "../edits/definition.ts";
import classes from "../panel/panel.module.css";
import { useBuilderWords } from "../state/use-builder-words.ts";
import { FilterBox } from "./filter-box.tsx";
import type { StepFieldProps } from "./step-field-props.ts";

const MOST = 20;

type Branch = StepOf<"branch">["branches"][number];

/** Conditions one after another: the first that is met decides. */
export function BranchFields({ step, change, problem }: StepFieldProps<"branch">) {
  const { t } = useTranslation("workflow-builder");
  const words = useBuilderWords();
  const [round, setRound] = useState(0);
  const { branches } = step;
  const set = (next: readonly Branch[], field: string) => change({ ...step, branches: [...next] }, field);
  const remove = (place: number) => {
    setRound(round + 1);
    set(
      branches.filter((_, at) => at !== place),
      "branches",
    );
  };
  return (
    <>
      {branches.map((branch, place) => (
        <OneBranch
          key={`${round} ${place}`}
          step={step}
          place={place}
          error={problem(`branches.${place}.filter`)}
          onChange={(next, field) =>
            set(
              branches.map((each) => (each === branch ? next : each)),
              `${field} ${place}`,
            )
          }
          onRemove={branches.length > 1 ? () => remove(place) : undefined}
        />
      ))}
      {branches.length < MOST && (
        <Button
          variant="default"
          leftSection={<IconPlus {...smallIcon} />}
          onClick={() =>
            set([...branches, { name: "", filter: { filterGroups: [] }, next: null }], "branches")
          }
        >
          {t("branch.add")}
        </Button>
      )}
      <p className={classes["hint"]}>{t("branch.help", { way: words.way(step, "next") })}</p>
    </>
  );
}

interface OneBranchProps {
  readonly step: StepOf<"branch">;
  readonly place: number;
  readonly error: string | undefined;
  readonly onChange: (branch: Branch, field: string) => void;
  readonly onRemove: (() => void) | undefined;
}

function OneBranch({ step, place, error, onChange, onRemove }: OneBranchProps) {
  const { t } = useTranslation("workflow-builder");
  const words = useBuilderWords();
  const branch = step.branches[place];
  if (!branch) return null;
  const unnamed = { ...step, branches: step.branches.map((each) => ({ ...each, name: "" })) };
  return (
    <section className={classes["box"]} aria-label={words.way(step, String(place))}>
      <TextInput
        label={t("branch.name")}
        placeholder={words.way(unnamed, String(place))}
        maxLength={100}
        value={branch.name}
        onChange={(event) => onChange({ ...branch, name: event.currentTarget.value }, "name")}
      />
      <FilterBox
        filter={branch.filter}
        error={error}
        onChange={(filter) => onChange({ ...branch, filter }, "filter")}
      />
      {onRemove && (
        <Button size="sm" variant="subtle" color="gray" onClick={onRemove}>
          {t("branch.remove")}
        </Button>
      )}
    </section>
  );
}
