import type { ReactNode } from "react";
import type { Step, StepType } from "../edits/definition.ts";
import { problemOf, useBuilder } from "../state/builder-context.ts";
import { BranchFields } from "./branch-fields.tsx";
import { DelayFields } from "./delay-fields.tsx";
import { EndFields, EnrollFields, GoToFields } from "./jump-fields.tsx";
import { ListFields } from "./list-fields.tsx";
import { NotifyFields } from "./notify-fields.tsx";
import { ClearPropertyFields, CopyPropertyFields, SetPropertyFields } from "./property-fields.tsx";
import { SetStatusFields } from "./set-status-fields.tsx";
import { SplitFields } from "./split-fields.tsx";
import type { StepFieldProps } from "./step-field-props.ts";
import { WebhookFields } from "./webhook-fields.tsx";

const parts: { readonly [Type in StepType]: (props: StepFieldProps<Type>) => ReactNode } = {
  set_status: SetStatusFields,
  set_property: SetPropertyFields,
  copy_property: CopyPropertyFields,
  clear_property: ClearPropertyFields,
  add_to_list: ListFields,
  remove_from_list: ListFields,
  branch: BranchFields,
  split: SplitFields,
  delay: DelayFields,
  notify: NotifyFields,
  webhook: WebhookFields,
  enroll: EnrollFields,
  go_to: GoToFields,
  end: EndFields,
};

interface StepFieldsProps {
  readonly step: Step;
  readonly change: (step: Step, field: string) => void;
}

/** The settings of one action. */
export function StepFields({ step, change }: StepFieldsProps) {
  const builder = useBuilder();
  const Fields = parts[step.type] as (props: StepFieldProps<StepType>) => ReactNode;
  return <Fields step={step} change={change} problem={(field) => problemOf(builder, step.id, field)} />;
}
