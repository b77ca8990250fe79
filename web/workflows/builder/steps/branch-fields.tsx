import { Button, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { smallIcon } from "../../../ui/icons.ts";
import classes from "../panel/panel.module.css";
import { useBuilderWords } from "../state/use-builder-words.ts";
import { FilterBox } from "./filter-box.tsx";
import type { StepFieldProps } from "./step-field-props.ts";

const MOST = 20;

/** Conditions one after another: the first that is met decides. */
export function BranchFields({ step, change, problem }: StepFieldProps<"branch">) {
  const { t } = useTranslation("workflow-builder");
  const words = useBuilderWords();
  const [round, setRound] = useState(0);
  const { branches } = step;
  type Branch = (typeof branches)[number];
  const set = (place: number, branch: Branch, field: string) =>
    change({ ...step, branches: branches.map((each, at) => (at === place ? branch : each)) }, field);
  const remove = (place: number) => {
    setRound(round + 1);
    change({ ...step, branches: branches.filter((_, at) => at !== place) }, "branches");
  };
  const add = () =>
    change(
      { ...step, branches: [...branches, { name: "", filter: { filterGroups: [] }, next: null }] },
      "branches",
    );
  return (
    <>
      {branches.map((branch, place) => (
        <section
          key={`${round} ${place}`}
          className={classes["box"]}
          aria-label={words.way(step, String(place))}
        >
          <TextInput
            label={t("branch.name")}
            placeholder={words.way(
              { ...step, branches: branches.map((each) => ({ ...each, name: "" })) },
              String(place),
            )}
            maxLength={100}
            value={branch.name}
            onChange={(event) => set(place, { ...branch, name: event.currentTarget.value }, `name ${place}`)}
          />
          <FilterBox
            filter={branch.filter}
            error={problem(`branches.${place}.filter`)}
            onChange={(filter) => set(place, { ...branch, filter }, `filter ${place}`)}
          />
          {branches.length > 1 && (
            <Button size="sm" variant="subtle" color="gray" onClick={() => remove(place)}>
              {t("branch.remove")}
            </Button>
          )}
        </section>
      ))}
      {branches.length < MOST && (
        <Button variant="default" leftSection={<IconPlus {...smallIcon} />} onClick={add}>
          {t("branch.add")}
        </Button>
      )}
      <p className={classes["hint"]}>{t("branch.help", { way: words.way(step, "next") })}</p>
    </>
  );
}
