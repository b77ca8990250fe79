import { Button, UnstyledButton } from "@mantine/core";
import { IconCornerDownRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { icon } from "../../../ui/icons.ts";
import { wayNode } from "../edits/canvas-graph.ts";
import { type MoveScope, movePlaces } from "../edits/change-steps.ts";
import type { Place, Step } from "../edits/definition.ts";
import { numbersOf } from "../edits/outline.ts";
import { useBuilder } from "../state/builder-context.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import classes from "./panel.module.css";
import { PanelFrame } from "./panel-frame.tsx";

/** Where a step goes: chosen here, or by a plus on the canvas. */
export function MovePanel({ step, scope }: { readonly step: Step; readonly scope: MoveScope }) {
  const { t } = useTranslation("workflow-builder");
  const { definition, move, open } = useBuilder();
  const words = useBuilderWords();
  const numbers = numbersOf(definition);
  const order = ({ step: from }: Place) => numbers.get(from ?? "") ?? 0;
  const places = movePlaces(definition, step.id, scope).toSorted((one, other) => order(one) - order(other));
  return (
    <PanelFrame
      above={words.heading(step)}
      title={t("move.title")}
      footer={
        <Button variant="default" onClick={() => open({ kind: "step", id: step.id })}>
          {t("ui:cancel")}
        </Button>
      }
    >
      <p className={classes["hint"]}>{t(`move.${scope}`)}</p>
      <ul className={classes["group"]}>
        {places.map((place) => (
          <li key={wayNode(place)}>
            <UnstyledButton className={classes["choice"]} onClick={() => move(step.id, place, scope)}>
              <IconCornerDownRight {...icon} />
              <span>{words.place(definition, place, numbers)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </PanelFrame>
  );
}
