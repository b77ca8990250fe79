import { Button, TextInput } from "@mantine/core";
import { IconArrowsMove, IconCopy, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { smallIcon } from "../../../ui/icons.ts";
import { Note } from "../../../ui/note.tsx";
import { changeStep, movePlaces, moveScopes } from "../edits/change-steps.ts";
import type { Step } from "../edits/definition.ts";
import { numbersOf } from "../edits/outline.ts";
import { problemsAt, useBuilder } from "../state/builder-context.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import { StepFields } from "../steps/step-fields.tsx";
import classes from "./panel.module.css";
import { PanelFrame } from "./panel-frame.tsx";

/** Problems that no field shows, because they are about where the ways lead. */
const OF_WAYS = new Set(["next", "timed_out", "skipped"]);

/** The settings of a step; what is changed counts at once and is saved by itself. */
export function StepPanel({ step }: { readonly step: Step }) {
  const { t } = useTranslation("workflow-builder");
  const builder = useBuilder();
  const { definition, edit, readOnly } = builder;
  const words = useBuilderWords();
  const change = (next: Step, field: string) => edit(changeStep(definition, next), `${step.id} ${field}`);
  const ofWays = problemsAt(builder, step.id).filter(
    ({ field }) => OF_WAYS.has(field) || /^\d+$/.test(field),
  );
  return (
    <PanelFrame
      above={t("stepNumber", { number: numbersOf(definition).get(step.id) ?? "" })}
      title={words.action(step.type)}
      footer={readOnly ? undefined : <Acts step={step} />}
    >
      {ofWays.map(({ field, message }) => (
        <Note key={field + message} kind="error">
          {message}
        </Note>
      ))}
      <fieldset className={classes["fields"]} disabled={readOnly}>
        <legend className={classes["legend"]}>{words.action(step.type)}</legend>
        <StepFields step={step} change={change} />
        <TextInput
          label={t("field.name")}
          description={t("field.nameHelp")}
          maxLength={100}
          value={step.name}
          onChange={(event) => change({ ...step, name: event.currentTarget.value }, "name")}
        />
      </fieldset>
    </PanelFrame>
  );
}

function Acts({ step }: { readonly step: Step }) {
  const { t } = useTranslation("workflow-builder");
  const { definition, duplicate, open, remove } = useBuilder();
  const scope = moveScopes(step).find((each) => movePlaces(definition, step.id, each).length > 0);
  const copied = step.type !== "go_to" && step.type !== "end";
  return (
    <>
      <Button
        variant="subtle"
        leftSection={<IconTrash {...smallIcon} />}
        className={classes["first"] ?? ""}
        onClick={() => remove(step.id)}
      >
        {t("card.delete")}
      </Button>
      {scope && (
        <Button
          variant="default"
          leftSection={<IconArrowsMove {...smallIcon} />}
          onClick={() => open({ kind: "move", id: step.id, scope })}
        >
          {t("card.moveShort")}
        </Button>
      )}
      {copied && (
        <Button
          variant="default"
          leftSection={<IconCopy {...smallIcon} />}
          onClick={() => duplicate(step.id)}
        >
          {t("card.duplicate")}
        </Button>
      )}
    </>
  );
}
