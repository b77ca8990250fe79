import { Button, Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { smallIcon } from "../../../ui/icons.ts";
import { addTrigger, changeTrigger, removeTrigger } from "../edits/change-triggers.ts";
import type { Happening, HappeningType } from "../edits/definition.ts";
import { newHappening } from "../edits/new-step.ts";
import { problemOf, useBuilder } from "../state/builder-context.ts";
import { HappeningFields, happeningTypes } from "../steps/happening-fields.tsx";
import classes from "./panel.module.css";
import { PanelFrame } from "./panel-frame.tsx";

const MOST = 10;

/** What brings contacts in: any of these. */
export function TriggerPanel() {
  const { t } = useTranslation("workflow-builder");
  const { definition, edit, readOnly, open } = useBuilder();
  const [round, setRound] = useState(0);
  const { triggers } = definition;
  return (
    <PanelFrame above={t("trigger.above")} title={t("trigger.title")}>
      <p className={classes["hint"]}>{t(triggers.length === 0 ? "trigger.noneHelp" : "trigger.help")}</p>
      <fieldset className={classes["fields"]} disabled={readOnly}>
        <legend className={classes["legend"]}>{t("trigger.title")}</legend>
        {triggers.map((trigger, place) => (
          <OneTrigger
            // biome-ignore lint/suspicious/noArrayIndexKey: a trigger is its place
            key={`${round} ${place} ${trigger.type}`}
            trigger={trigger}
            place={place}
            onRemove={() => {
              setRound(round + 1);
              edit(removeTrigger(definition, place));
            }}
          />
        ))}
        {triggers.length < MOST && (
          <AddTrigger onAdd={(type) => edit(addTrigger(definition, newHappening(type)))} />
        )}
      </fieldset>
      <Button variant="subtle" onClick={() => open({ kind: "settings" })}>
        {t("trigger.toSettings")}
      </Button>
    </PanelFrame>
  );
}

interface OneTriggerProps {
  readonly trigger: Happening;
  readonly place: number;
  readonly onRemove: () => void;
}

function OneTrigger({ trigger, place, onRemove }: OneTriggerProps) {
  const { t } = useTranslation("workflow-builder");
  const builder = useBuilder();
  const { definition, edit } = builder;
  return (
    <section className={classes["box"]} aria-label={t("trigger.number", { number: place + 1 })}>
      {place > 0 && <p className={classes["or"]}>{t("filters:or")}</p>}
      <HappeningFields
        label={t("trigger.when")}
        happening={trigger}
        problem={(field) => problemOf(builder, null, `triggers.${place}.${field}`)}
        onChange={(next, field) => edit(changeTrigger(definition, place, next), `trigger ${place} ${field}`)}
      />
      <Button size="sm" variant="subtle" color="gray" onClick={onRemove}>
        {t("trigger.remove")}
      </Button>
    </section>
  );
}

function AddTrigger({ onAdd }: { readonly onAdd: (type: HappeningType) => void }) {
  const { t } = useTranslation("workflow-builder");
  return (
    <Menu position="bottom-start" width="target">
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus {...smallIcon} />} data-autofocus>
          {t("trigger.add")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {happeningTypes.map((type) => (
          <Menu.Item key={type} onClick={() => onAdd(type)}>
            {t(`happening.${type}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
