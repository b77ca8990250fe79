import { Button, CloseButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { SidePanel } from "../../../ui/side-panel.tsx";
import { stepNode, TRIGGER, wayNode } from "../edits/canvas-graph.ts";
import { type Panel, useBuilder } from "../state/builder-context.ts";
import { focusCard } from "../state/focus-card.ts";
import classes from "./panel.module.css";

interface PanelFrameProps {
  readonly above?: string | undefined;
  readonly title: string;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** At the right of the canvas; over everything where there is no room beside it. */
export function PanelFrame({ above, title, footer, children }: PanelFrameProps) {
  const { open, panel } = useBuilder();
  const narrow = useMediaQuery("(max-width: 900px)", undefined, { getInitialValueInEffect: false });
  const close = () => {
    const back = panel && cardOf(panel);
    open(null);
    if (back) requestAnimationFrame(() => focusCard(back));
  };
  if (narrow) {
    const foot = panel && kept.has(panel.kind) ? <Foot onDone={close}>{footer}</Foot> : footer;
    return (
      <SidePanel opened onClose={close} title={title} above={above} footer={foot}>
        {children}
      </SidePanel>
    );
  }
  return (
    <Docked above={above} title={title} footer={footer} onClose={close}>
      {children}
    </Docked>
  );
}

/** What is changed in these is kept at once; the others ask for something. */
const kept: ReadonlySet<Panel["kind"]> = new Set(["settings", "trigger", "step"]);

/** Over everything, the way back is at the thumb. */
function Foot({ onDone, children }: { readonly onDone: () => void; readonly children: ReactNode }) {
  const { t } = useTranslation("filters");
  return (
    <div className={classes["foot"]}>
      {children}
      <Button onClick={onDone}>{t("done")}</Button>
    </div>
  );
}

/** Where the focus goes back to. */
function cardOf(panel: Panel): string | undefined {
  if (panel.kind === "trigger") return TRIGGER;
  if (panel.kind === "add") return wayNode(panel.place);
  return "id" in panel ? stepNode(panel.id) : undefined;
}

function Docked({
  above,
  title,
  footer,
  onClose,
  children,
}: PanelFrameProps & { readonly onClose: () => void }) {
  const { t } = useTranslation("ui");
  const id = useId();
  const frame = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each thing it shows
  useEffect(() => {
    const inside = frame.current?.querySelector<HTMLElement>("[data-autofocus]") ?? frame.current;
    inside?.focus({ preventScroll: true });
  }, [title]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: Escape closes it from anywhere inside
    <aside
      ref={frame}
      tabIndex={-1}
      className={classes["panel"]}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      <header className={classes["header"]}>
        <div className={classes["titles"]}>
          {above !== undefined && <p>{above}</p>}
          <h2 id={id}>{title}</h2>
        </div>
        <CloseButton aria-label={t("close")} onClick={onClose} />
      </header>
      <div className={classes["body"]}>{children}</div>
      {footer !== undefined && <footer className={classes["footer"]}>{footer}</footer>}
    </aside>
  );
}
