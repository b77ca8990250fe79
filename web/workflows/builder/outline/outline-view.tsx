import { UnstyledButton } from "@mantine/core";
import { IconCornerDownRight, IconPlus } from "@tabler/icons-react";
import { type KeyboardEvent, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../ui/format.ts";
import { smallIcon } from "../../../ui/icons.ts";
import { useRemoveKey } from "../canvas/use-canvas-keys.ts";
import { StepCard } from "../cards/step-card.tsx";
import { TriggerCard } from "../cards/trigger-card.tsx";
import { wayNode } from "../edits/canvas-graph.ts";
import { findStep, type Place, samePlace } from "../edits/definition.ts";
import { numbersOf, type OutlineItem, outlineOf, type Sequence } from "../edits/outline.ts";
import { useBuilder } from "../state/builder-context.ts";
import { card } from "../state/focus-card.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import { useMoveTarget } from "../state/use-move-target.ts";
import classes from "./outline.module.css";

/** The same workflow as a list: steps one under another, ways indented below the step they leave. */
export function OutlineView() {
  const { t } = useTranslation("workflow-builder");
  const { definition } = useBuilder();
  const removeAt = useRemoveKey();
  const outline = useMemo(() => outlineOf(definition), [definition]);
  const frame = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target as HTMLElement;
    const at = row.getAttribute("data-card");
    if (at === null) return;
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0) return removeAt(event, at);
    event.preventDefault();
    const stops = [...(frame.current?.querySelectorAll<HTMLElement>("[data-card]") ?? [])];
    stops[stops.indexOf(row) + by]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the rows inside
    <div ref={frame} className={classes["outline"]} onKeyDown={onKeyDown}>
      <div className={classes["column"]} role="group" aria-label={t("canvas.label")}>
        <TriggerCard />
        <Steps sequence={outline} />
      </div>
    </div>
  );
}

function Steps({ sequence }: { readonly sequence: Sequence }) {
  const { t } = useTranslation("workflow-builder");
  const { definition } = useBuilder();
  const { heading } = useBuilderWords();
  const { items, closed, joins, end } = sequence;
  const joined = findStep(definition, joins);
  return (
    <ol className={classes["steps"]}>
      {items.map((item) => (
        <li key={item.step.id}>
          <Plus place={item.place} />
          <StepCard step={item.step} number={item.number} />
          <Ways item={item} />
        </li>
      ))}
      {!closed && (
        <li>
          <Plus place={end} labelled />
          <p className={classes["end"]}>
            {joined
              ? t("goesOnAt", { step: `${numbersOf(definition).get(joined.id) ?? ""}. ${heading(joined)}` })
              : t("end")}
          </p>
        </li>
      )}
    </ol>
  );
}

function Ways({ item: { step, ways } }: { readonly item: OutlineItem }) {
  const words = useBuilderWords();
  const format = useFormat();
  const { counts } = useBuilder();
  if (ways.length === 0) return null;
  return (
    <ul className={classes["ways"]}>
      {ways.map((way) => {
        const count = counts.way(way.place);
        return (
          <li key={way.place.key}>
            <p className={classes["wayName"]}>
              <IconCornerDownRight {...smallIcon} />
              {words.way(step, way.place.key)}
              {count !== undefined && <span>{format.number(count)}</span>}
            </p>
            <Steps sequence={way} />
          </li>
        );
      })}
    </ul>
  );
}

interface PlusProps {
  readonly place: Place;
  /** Says what it does: where a way ends, and one builds on. */
  readonly labelled?: boolean;
}

function Plus({ place, labelled = false }: PlusProps) {
  const { definition, readOnly } = useBuilder();
  const target = useMoveTarget(place);
  const isJump = findStep(definition, place.step)?.type === "go_to";
  if (readOnly || target === "no" || isJump) return <i aria-hidden className={classes["line"]} />;
  return <PlusButton place={place} labelled={labelled} onMove={target?.move} />;
}

interface PlusButtonProps extends PlusProps {
  /** While a step is being moved. */
  readonly onMove: (() => void) | undefined;
}

function PlusButton({ place, labelled, onMove }: PlusButtonProps) {
  const { t } = useTranslation("workflow-builder");
  const { definition, open, panel } = useBuilder();
  const words = useBuilderWords();
  const where = words.place(definition, place, numbersOf(definition));
  const label = t(onMove ? "moveHere" : "addHere", { place: where });
  const text = onMove ? t("moveHereShort") : labelled && t("addHereShort");
  const isOpen = panel?.kind === "add" && samePlace(panel.place, place);
  return (
    <UnstyledButton
      className={classes["plus"]}
      data-moving={onMove !== undefined || undefined}
      data-open={isOpen || undefined}
      aria-label={label}
      title={label}
      onClick={onMove ?? (() => open({ kind: "add", place }))}
      {...card(wayNode(place))}
    >
      <i aria-hidden className={classes["touch"]} />
      <IconPlus {...smallIcon} />
      {text && <span>{text}</span>}
    </UnstyledButton>
  );
}
