import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { workflowsQuery } from "../../workflow-query.ts";
import { itemsOf, outlineOf } from "../edits/outline.ts";
import classes from "../panel/panel.module.css";
import { useBuilder } from "../state/builder-context.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import type { StepFieldProps } from "./step-field-props.ts";

/** Where a jump leads. */
export function GoToFields({ step, change }: StepFieldProps<"go_to">) {
  const { t } = useTranslation("workflow-builder");
  const { definition } = useBuilder();
  const words = useBuilderWords();
  const targets = itemsOf(outlineOf(definition)).filter((item) => item.step.id !== step.id);
  return (
    <>
      <Select
        label={t("goTo.label")}
        searchable
        openOnFocus={false}
        allowDeselect={false}
        data-autofocus
        data={targets.map((item) => ({
          value: item.step.id,
          label: `${item.number}. ${words.title(definition, item.step)}`,
        }))}
        value={step.step}
        onChange={(next) => next !== null && change({ ...step, step: next }, "step")}
      />
      <p className={classes["hint"]}>{t("goTo.help")}</p>
    </>
  );
}

export function EnrollFields({ step, change, problem }: StepFieldProps<"enroll">) {
  const { t } = useTranslation("workflow-builder");
  const { workflow } = useBuilder();
  const { data } = useQuery(workflowsQuery());
  const others = data?.workflows.filter(({ id }) => id !== workflow.id) ?? [];
  return (
    <Select
      label={t("enroll.label")}
      description={t(data !== undefined && others.length === 0 ? "enroll.none" : "enroll.help")}
      placeholder={t("field.choose")}
      searchable
      openOnFocus={false}
      allowDeselect={false}
      nothingFoundMessage={t("enroll.none")}
      disabled={data !== undefined && others.length === 0}
      data-autofocus={step.workflowId === "" || undefined}
      error={problem("workflowId")}
      data={others.map(({ id, name }) => ({ value: id, label: name }))}
      value={step.workflowId === "" ? null : step.workflowId}
      onChange={(workflowId) => workflowId !== null && change({ ...step, workflowId }, "workflowId")}
    />
  );
}

export function EndFields() {
  const { t } = useTranslation("workflow-builder");
  return <p className={classes["hint"]}>{t("about.end")}</p>;
}
