import { Select, Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WorkflowDefinition } from "../../../contract/workflow-definition.ts";
import { Section } from "../../ui/section.tsx";
import type { Workflow } from "../workflow-query.ts";
import { compareDefinitions } from "./compare-definitions.ts";
import { ComparisonTable } from "./comparison-table.tsx";
import classes from "./versions.module.css";
import type { Version } from "./versions-list.tsx";

const DRAFT = "draft";

interface ComparisonSectionProps {
  readonly workflow: Workflow;
  readonly versions: readonly Version[];
}

/** Two versions, or one and the draft, side by side in plain language. */
export function ComparisonSection({ workflow, versions }: ComparisonSectionProps) {
  const { t } = useTranslation("workflow-history");
  const [first, second] = startOf(workflow, versions);
  const [before, setBefore] = useState(first);
  const [after, setAfter] = useState(second);
  const [all, setAll] = useState(false);
  const of = (which: string): WorkflowDefinition =>
    versions.find(({ version }) => String(version) === which)?.definition ?? workflow.draft;
  const [old, now] = [of(before), of(after)];
  const comparison = useMemo(() => compareDefinitions(old, now), [old, now]);
  const choices = [
    ...versions.map(({ version }) => ({ value: String(version), label: t("version", { number: version }) })),
    { value: DRAFT, label: t("versions.draft") },
  ];
  const labelOf = (which: string) => choices.find(({ value }) => value === which)?.label ?? "";
  return (
    <Section
      title={t("compare.title")}
      aside={
        <Switch
          size="sm"
          label={t("compare.all")}
          checked={all}
          onChange={({ currentTarget: { checked } }) => setAll(checked)}
        />
      }
    >
      <div className={classes["choice"]}>
        <Which label={t("compare.before")} choices={choices} value={before} onChange={setBefore} />
        <Which label={t("compare.after")} choices={choices} value={after} onChange={setAfter} />
      </div>
      <ComparisonTable
        comparison={comparison}
        before={{ definition: old, label: labelOf(before) }}
        after={{ definition: now, label: labelOf(after) }}
        all={all}
      />
    </Section>
  );
}

interface WhichProps {
  readonly label: string;
  readonly choices: { value: string; label: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Which({ label, choices, value, onChange }: WhichProps) {
  return (
    <Select
      label={label}
      data={choices}
      value={value}
      allowDeselect={false}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}

/** The newest version and the draft, where they differ; else the two newest. */
function startOf({ draftRuns }: Workflow, versions: readonly Version[]): [string, string] {
  const [newest, older] = versions.map(({ version }) => String(version));
  if (!draftRuns || older === undefined) return [newest ?? DRAFT, DRAFT];
  return [older, newest ?? DRAFT];
}
