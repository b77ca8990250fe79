import { UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../ui/format.ts";
import { smallIcon } from "../../../ui/icons.ts";
import { StepCard } from "../cards/step-card.tsx";
import { TriggerCard } from "../cards/trigger-card.tsx";
import { type CanvasNode, wayNode } from "../edits/canvas-graph.ts";
import { findStep, type Place } from "../edits/definition.ts";
import { numbersOf } from "../edits/outline.ts";
import { useBuilder } from "../state/builder-context.ts";
import { card } from "../state/focus-card.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import { useMoveTarget } from "../state/use-move-target.ts";
import classes from "./canvas.module.css";

type Drawn<Kind extends CanvasNode["kind"]> = NodeProps<Node<Extract<CanvasNode, { kind: Kind }>, Kind>>;

/** The points at which lines begin and end; nobody drags them. */
function Framed({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <Handle
        id="in"
        type="target"
        position={Position.Top}
        isConnectable={false}
        className={classes["handle"] ?? ""}
      />
      {children}
      <Handle
        id="out"
        type="source"
        position={Position.Bottom}
        isConnectable={false}
        className={classes["handle"] ?? ""}
      />
    </>
  );
}

export function TriggerNode() {
  return (
    <Framed>
      <TriggerCard />
    </Framed>
  );
}

export function StepNode({ data: { step, number } }: Drawn<"step">) {
  return (
    <Framed>
      <StepCard step={step} number={number} />
      <Handle
        id="jump"
        type="target"
        position={Position.Right}
        isConnectable={false}
        className={classes["handle"] ?? ""}
      />
      <Handle
        id="jump"
        type="source"
        position={Position.Right}
        isConnectable={false}
        className={classes["handle"] ?? ""}
      />
    </Framed>
  );
}

/** What stands on a line: where it leads, how many go there, and the plus. */
export function WayNode({ data: { place, labelled } }: Drawn<"way">) {
  const { readOnly } = useBuilder();
  return (
    <Framed>
      <div className={classes["way"]}>
        {labelled && <WayLabel place={place} />}
        {labelled && !readOnly && <i aria-hidden className={classes["wayLine"]} />}
        {readOnly ? !labelled && <i aria-hidden className={classes["dot"]} /> : <Plus place={place} />}
      </div>
    </Framed>
  );
}

function WayLabel({ place }: { readonly place: Place }) {
  const { definition, test, counts } = useBuilder();
  const words = useBuilderWords();
  const format = useFormat();
  const step = findStep(definition, place.step);
  const count = counts.way(place);
  const taken = test?.reply.path.some((passed) => passed.step === place.step && passed.way === place.key);
  return (
    <span className={classes["wayLabel"]} data-taken={taken || undefined}>
      {step && words.way(step, place.key)}
      {count !== undefined && <b> · {format.number(count)}</b>}
    </span>
  );
}

function Plus({ place }: { readonly place: Place }) {
  const { t } = useTranslation("workflow-builder");
  const { definition, open, panel } = useBuilder();
  const words = useBuilderWords();
  const target = useMoveTarget(place);
  const where = words.place(definition, place, numbersOf(definition));
  const isOpen = panel?.kind === "add" && wayNode(panel.place) === wayNode(place);
  if (target === "no") return <i aria-hidden className={classes["dot"]} />;
  const moving = target !== null;
  const label = t(moving ? "moveHere" : "addHere", { place: where });
  return (
    <UnstyledButton
      className={classes["plus"]}
      data-moving={moving || undefined}
      data-open={isOpen || undefined}
      aria-label={label}
      title={label}
      onClick={() => (moving ? target.move() : open({ kind: "add", place }))}
      {...card(wayNode(place))}
    >
      <IconPlus {...smallIcon} />
      {moving && <span>{t("moveHereShort")}</span>}
    </UnstyledButton>
  );
}

export function EndNode() {
  const { t } = useTranslation("workflow-builder");
  return (
    <Framed>
      <div className={classes["end"]}>{t("end")}</div>
    </Framed>
  );
}
