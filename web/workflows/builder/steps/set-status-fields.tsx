import { Checkbox, Select, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../ui/format.ts";
import { Note } from "../../../ui/note.tsx";
import classes from "../panel/panel.module.css";
import { useBuilder } from "../state/builder-context.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import type { StepFieldProps } from "./step-field-props.ts";

const values = ["marketing", "non_marketing"] as const;

/** Which status a contact gets, and which outcomes go a way of their own. */
export function SetStatusFields({ step, change }: StepFieldProps<"set_status">) {
  const { t } = useTranslation("workflow-builder");
  const words = useBuilderWords();
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
      <WouldDo stepId={step.id} />
      <Outcomes step={step} change={change} />
      <Note>{t("status.retried")}</Note>
    </>
  );
}

/** What would become of those who come here if it were turned on now. */
function WouldDo({ stepId }: { readonly stepId: string }) {
  const { t } = useTranslation("workflow-builder");
  const format = useFormat();
  const { counts } = useBuilder();
  const outcomes = counts.price?.steps[stepId]?.outcomes ?? [];
  if (outcomes.length === 0) return null;
  return (
    <Note title={t("status.wouldTitle")}>
      {format.list(
        outcomes.map(({ outcome, contacts }) =>
          t("status.would", {
            outcome: t(`operations:outcome.${outcome}`, { defaultValue: outcome }),
            number: format.number(contacts),
          }),
        ),
      )}
    </Note>
  );
}

const lowering = ["set", "already", "pinned", "paused"];
const raising = ["set", "already", "protected", "pinned", "held", "refused", "paused"];

function Outcomes({ step, change }: Omit<StepFieldProps<"set_status">, "problem">) {
  const { t } = useTranslation("workflow-builder");
  const words = useBuilderWords();
  const chosen = Object.keys(step.branches);
  const possible = step.value === "marketing" ? raising : lowering;
  const toggle = (outcome: string, on: boolean) => {
    const others = Object.entries(step.branches).filter(([each]) => each !== outcome);
    const branches = Object.fromEntries(on ? [...others, [outcome, null]] : others);
    change({ ...step, branches }, "branches");
  };
  return (
    <div role="group" aria-label={t("status.branches")}>
      <p className={classes["label"]}>{t("status.branches")}</p>
      <p className={classes["hint"]}>{t("status.branchesHelp")}</p>
      <Stack gap="sm" mt="sm">
        {[...new Set([...possible, ...chosen])].map((outcome) => (
          <Checkbox
            key={outcome}
            label={words.words.t(`status.${outcome}`)}
            checked={chosen.includes(outcome)}
            onChange={(event) => toggle(outcome, event.currentTarget.checked)}
          />
        ))}
      </Stack>
    </div>
  );
}
