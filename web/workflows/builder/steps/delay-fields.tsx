import { Select, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Delay } from "../../../../contract/workflow-definition.ts";
import { NumberField } from "../../../ui/number-field.tsx";
import classes from "../panel/panel.module.css";
import { DurationField } from "./duration-field.tsx";
import { HappeningFields } from "./happening-fields.tsx";
import { isDate, PropertySelect } from "./property-select.tsx";
import type { StepFieldProps } from "./step-field-props.ts";
import { TimeField } from "./time-field.tsx";
import { WeekdaysField } from "./weekdays-field.tsx";

type Kind = Delay["kind"];
const kinds: readonly Kind[] = ["passed", "date", "property", "weekday", "happening"];

const today = () => new Date().toISOString().slice(0, 10);
const starts: Record<Kind, () => Delay> = {
  passed: () => ({ kind: "passed", amount: 1, unit: "days" }),
  date: () => ({ kind: "date", date: today(), time: "09:00" }),
  property: () => ({ kind: "property", propertyName: "", days: 0, time: "09:00" }),
  weekday: () => ({ kind: "weekday", weekdays: [1], time: "09:00" }),
  happening: () => ({
    kind: "happening",
    happening: { type: "opted_out" },
    limit: { amount: 7, unit: "days" },
    timedOut: null,
  }),
};

/** How long to wait, or for what. */
export function DelayFields({ step, change, problem }: StepFieldProps<"delay">) {
  const { t } = useTranslation("workflow-builder");
  const { until } = step;
  const set = (next: Delay, field: string) => change({ ...step, until: next }, field);
  const Part = parts[until.kind] as (props: PartProps<Kind>) => ReactNode;
  return (
    <>
      <Select
        label={t("delay.kind")}
        data={kinds.map((kind) => ({ value: kind, label: t(`delay.kinds.${kind}`) }))}
        value={until.kind}
        allowDeselect={false}
        onChange={(value) => {
          const kind = kinds.find((each) => each === value);
          if (kind && kind !== until.kind) set(starts[kind](), "kind");
        }}
      />
      <Part until={until} set={set} problem={problem} />
    </>
  );
}

interface PartProps<K extends Kind> {
  readonly until: Extract<Delay, { kind: K }>;
  readonly set: (until: Delay, field: string) => void;
  readonly problem: (field: string) => string | undefined;
}

const parts: { readonly [K in Kind]: (props: PartProps<K>) => ReactNode } = {
  passed: Passed,
  date: OnDate,
  property: ByProperty,
  weekday: OnWeekday,
  happening: Happens,
};

function Passed({ until, set }: PartProps<"passed">) {
  const { t } = useTranslation("workflow-builder");
  return (
    <DurationField
      label={t("delay.for")}
      value={until}
      onChange={(value) => set({ ...until, ...value }, "duration")}
    />
  );
}

function OnDate({ until, set }: PartProps<"date">) {
  const { t } = useTranslation("workflow-builder");
  return (
    <>
      <TextInput
        type="date"
        label={t("delay.date")}
        value={until.date}
        onChange={(event) => {
          const date = event.currentTarget.value;
          if (/^\d{4}-\d\d-\d\d$/.test(date)) set({ ...until, date }, "date");
        }}
      />
      <TimeField
        label={t("delay.time")}
        zoned
        value={until.time}
        onChange={(time) => set({ ...until, time }, "time")}
      />
      <p className={classes["hint"]}>{t("delay.dateHelp")}</p>
    </>
  );
}

const MOST_DAYS = 3_650;

function ByProperty({ until, set, problem }: PartProps<"property">) {
  const { t } = useTranslation("workflow-builder");
  return (
    <>
      <PropertySelect
        label={t("delay.dateProperty")}
        autoFocus={until.propertyName === ""}
        value={until.propertyName}
        offered={isDate}
        error={problem("propertyName")}
        onChange={(propertyName) => set({ ...until, propertyName }, "propertyName")}
      />
      <Offset days={until.days} onChange={(days) => set({ ...until, days }, "days")} />
      <TimeField
        label={t("delay.time")}
        zoned
        value={until.time}
        onChange={(time) => set({ ...until, time }, "time")}
      />
      <p className={classes["hint"]}>{t("delay.propertyHelp")}</p>
    </>
  );
}

interface OffsetProps {
  /** Below 0: before. */
  readonly days: number;
  readonly onChange: (days: number) => void;
}

function Offset({ days, onChange }: OffsetProps) {
  const { t } = useTranslation("workflow-builder");
  const [before, setBefore] = useState(days < 0);
  const count = Math.abs(days);
  return (
    <div className={classes["pair"]}>
      <NumberField
        label={t("delay.offset")}
        min={0}
        max={MOST_DAYS}
        allowDecimal={false}
        allowNegative={false}
        value={count}
        onChange={(value) => {
          const next = Number(value);
          if (next >= 0 && next <= MOST_DAYS) onChange(before ? -next : next);
        }}
      />
      <Select
        aria-label={t("delay.direction")}
        data={[
          { value: "after", label: t("delay.after") },
          { value: "before", label: t("delay.before") },
        ]}
        value={before ? "before" : "after"}
        allowDeselect={false}
        onChange={(value) => {
          setBefore(value === "before");
          onChange(value === "before" ? -count : count);
        }}
      />
    </div>
  );
}

function OnWeekday({ until, set }: PartProps<"weekday">) {
  const { t } = useTranslation("workflow-builder");
  return (
    <>
      <WeekdaysField
        value={until.weekdays}
        onChange={(weekdays) => set({ ...until, weekdays }, "weekdays")}
      />
      <TimeField
        label={t("delay.time")}
        zoned
        value={until.time}
        onChange={(time) => set({ ...until, time }, "time")}
      />
    </>
  );
}

function Happens({ until, set, problem }: PartProps<"happening">) {
  const { t } = useTranslation("workflow-builder");
  return (
    <>
      <HappeningFields
        label={t("delay.happening")}
        happening={until.happening}
        problem={problem}
        onChange={(happening, field) => set({ ...until, happening }, field)}
      />
      <DurationField
        label={t("delay.limit")}
        description={t("delay.limitHelp")}
        value={until.limit}
        onChange={(limit) => set({ ...until, limit }, "limit")}
      />
    </>
  );
}
