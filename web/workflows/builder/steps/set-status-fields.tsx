import { Checkbox, Select, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Note } from "../../../ui/note.tsx";
import { useFormat } from "../../../ui/format.ts";
import { useBuilder } from "../state/builder-context.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import classes from "../panel/panel.module.css";
import type { StepFieldProps } from "./step-field-props.ts";

const values = ["marketing", "non_marketing"] as const;
const outcomes = {
  marketing: ["set", "already", "protected", "pinned", "held", "refused", "paused"],
  non_marketing: ["set", "already", "pinned", "paused"],
} as const;

export function SetStatusFields({ step, change }: StepFieldProps<"set_status">) {
  const { t } = useTranslation("workflow-builder");
  const words = useBuilderWords();
  const format = useFormat();
  const { counts } = useBuilder();
  const priced = counts.price?.steps[step.id]?.outcomes;
  const chosen = Object.keys(step.branches);
  const offered = [
    ...new Set([...outcomes[step.value], ...(chosen as (typeof outcomes.marketing)[number][])]),
  ];
  const toggle = (outcome: string, on: boolean) => {
    const others = Object.entries(step.branches).filter(([each]) => each !== outcome);
    const branches = Object.fromEntries(on ? [...others, [outcome, null]] : others);
    change({ ...step, branches }, "branches");
  };
  return (
    <>
      <Select
        label={t("field.value")}
        data={values.map((value) => ({ value, label: words.words.t(`does.${value}`) }))}
        value={step.value}
        allowDeselect={false}
        data-autofocus
        onChange={(value) => {
          const next = values.find((each) => each === value);
          if (next) change({ ...step, value: next }, "value");
        }}
        description={t(`status.${step.value}Help`)}
      />
      {priced !== undefined && priced.length > 0 && (
        <Note title={t("status.wouldTitle")}>
          {format.list(
            priced.map(({ outcome, contacts }) =>
              t("status.would", {
                outcome: t(`operations:outcome.${outcome}`, { defaultValue: outcome }),
                number: format.number(contacts),
              }),
            ),
          )}
        </Note>
      )}
      <div role="group" aria-label={t("status.branches")}>
        <p className={classes["label"]}>{t("status.branches")}</p>
        <p className={classes["hint"]}>{t("status.branchesHelp")}</p>
        <Stack gap="sm" mt="sm">
          {offered.map((outcome) => (
            <Checkbox
              key={outcome}
              label={words.words.t(`status.${outcome}`)}
              checked={chosen.includes(outcome)}
              onChange={(event) => toggle(outcome, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      </div>
      <Note>{t("status.retried")}</Note>
    </>
  );
}
