import { Checkbox, Stack, Switch } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Filter } from "../../../filters/filter-field.ts";
import { everybody } from "../../../filters/filter-field.ts";
import { HappeningSentence } from "../cards/trigger-card.tsx";
import { problemOf, useBuilder } from "../state/builder-context.ts";
import { FilterBox } from "../steps/filter-box.tsx";
import { ListsSelect } from "../steps/list-select.tsx";
import { TimeField, useZoneText } from "../steps/time-field.tsx";
import { WeekdaysField } from "../steps/weekdays-field.tsx";
import classes from "./panel.module.css";
import { PanelFrame } from "./panel-frame.tsx";

/** What holds for the whole workflow: coming back, staying out, leaving, and when it acts. */
export function SettingsPanel() {
  const { t } = useTranslation("workflow-builder");
  const { definition, edit, readOnly } = useBuilder();
  const builder = useBuilder();
  return (
    <PanelFrame above={t("settings.above")} title={t("settings.title")}>
      <fieldset className={classes["fields"]} disabled={readOnly}>
        <legend className={classes["legend"]}>{t("settings.title")}</legend>
        <Reenroll />
        <Part title={t("settings.suppression")}>
          <ListsSelect
            label={t("settings.suppressionLists")}
            description={t("settings.suppressionHelp")}
            value={definition.suppressionListIds}
            error={problemOf(builder, null, "suppressionListIds")}
            onChange={(suppressionListIds) => edit({ ...definition, suppressionListIds }, "suppression")}
          />
        </Part>
        <LeavingPart field="goal" />
        <LeavingPart field="unenroll" />
        <Window />
      </fieldset>
    </PanelFrame>
  );
}

function Part({
  title,
  help,
  children,
}: {
  readonly title: string;
  readonly help?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes["part"]} data-stacked aria-label={title}>
      <h3>{title}</h3>
      {help !== undefined && <p className={classes["hint"]}>{help}</p>}
      {children}
    </section>
  );
}

/** May somebody who has been through come in again, and by what? */
function Reenroll() {
  const { t } = useTranslation("workflow-builder");
  const builder = useBuilder();
  const { definition, edit } = builder;
  const { reenroll, triggers } = definition;
  const problem = problemOf(builder, null, "reenroll");
  const toggle = (place: number, on: boolean) => {
    const others = reenroll.on.filter((each) => each !== place);
    const next = on ? [...others, place].toSorted((one, other) => one - other) : others;
    edit({ ...definition, reenroll: { ...reenroll, on: next } });
  };
  return (
    <Part title={t("settings.reenroll")} help={t("settings.reenrollHelp")}>
      <Stack gap="sm">
        <Checkbox
          label={t("settings.reenrollManual")}
          checked={reenroll.manual}
          onChange={(event) =>
            edit({ ...definition, reenroll: { ...reenroll, manual: event.currentTarget.checked } })
          }
        />
        {triggers.map((trigger, place) => (
          <Checkbox
            // biome-ignore lint/suspicious/noArrayIndexKey: a trigger is its place
            key={place}
            label={<HappeningSentence happening={trigger} />}
            checked={reenroll.on.includes(place)}
            onChange={(event) => toggle(place, event.currentTarget.checked)}
          />
        ))}
      </Stack>
      {problem !== undefined && <p className={classes["error"]}>{problem}</p>}
    </Part>
  );
}

/** Whoever meets the goal, or the condition for leaving, leaves. */
function LeavingPart({ field }: { readonly field: "goal" | "unenroll" }) {
  const { t } = useTranslation("workflow-builder");
  const builder = useBuilder();
  const { definition, edit } = builder;
  const [round, setRound] = useState(0);
  const filter = definition[field];
  const set = (next: Filter | null) => edit({ ...definition, [field]: next }, field);
  return (
    <Part title={t(`settings.${field}`)} help={t(`settings.${field}Help`)}>
      <Switch
        label={t(`settings.${field}On`)}
        checked={filter !== null}
        onChange={(event) => {
          setRound(round + 1);
          edit({ ...definition, [field]: event.currentTarget.checked ? everybody : null });
        }}
      />
      {filter !== null && (
        <FilterBox key={round} filter={filter} error={problemOf(builder, null, field)} onChange={set} />
      )}
    </Part>
  );
}

const office = { weekdays: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" };

/** When actions may run. */
function Window() {
  const { t } = useTranslation("workflow-builder");
  const { definition, edit } = useBuilder();
  const zone = useZoneText();
  const { window } = definition;
  return (
    <Part title={t("settings.window")} help={`${t("settings.windowHelp")} ${zone}`}>
      <Switch
        label={t("settings.windowOn")}
        checked={window !== null}
        onChange={(event) => edit({ ...definition, window: event.currentTarget.checked ? office : null })}
      />
      {window !== null && (
        <>
          <WeekdaysField
            value={window.weekdays}
            onChange={(weekdays) => edit({ ...definition, window: { ...window, weekdays } }, "window days")}
          />
          <div className={classes["pair"]}>
            <TimeField
              label={t("settings.from")}
              value={window.from}
              onChange={(from) => edit({ ...definition, window: { ...window, from } }, "window from")}
            />
            <TimeField
              label={t("settings.to")}
              value={window.to}
              onChange={(to) => edit({ ...definition, window: { ...window, to } }, "window to")}
            />
          </div>
          {window.to <= window.from && <p className={classes["hint"]}>{t("settings.overnight")}</p>}
        </>
      )}
    </Part>
  );
}
