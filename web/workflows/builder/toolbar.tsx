import { ActionIcon, Button, Menu, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import {
  IconAdjustments,
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconDots,
  IconPlayerPlay,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { MissingPermission } from "../../ui/guarded-button.tsx";
import { icon, smallIcon } from "../../ui/icons.ts";
import { useSearchChange } from "../../ui/use-search-change.ts";
import { usePlanLacksWorkflows } from "../workflow-query.ts";
import { type BuilderView, builderViews } from "../workflow-search.ts";
import classes from "./builder.module.css";
import { stepNode } from "./edits/canvas-graph.ts";
import { type Panel, problemsAt, useBuilder } from "./state/builder-context.ts";
import { focusSoon } from "./state/focus-card.ts";

/** Above the canvas: how it is shown, undo, whether it is saved, what is wrong, settings and the test. */
export function Toolbar({ view }: { readonly view: BuilderView }) {
  const { t } = useTranslation("workflow-builder");
  const { readOnly } = useBuilder();
  const lacking = usePlanLacksWorkflows();
  const changeSearch = useSearchChange();
  const narrow = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false });
  const show = (view: BuilderView) => changeSearch((search) => ({ ...search, view }));
  return (
    <div className={classes["toolbar"]} role="toolbar" aria-label={t("toolbar.label")}>
      <SegmentedControl
        aria-label={t("toolbar.view")}
        data={builderViews.map((value) => ({ value, label: t(`toolbar.${value}`) }))}
        value={view}
        onChange={show}
      />
      {readOnly ? (
        <span className={classes["state"]}>
          {lacking ? t("plans:lacks.professional") : <MissingPermission permission="workflows.edit" />}
        </span>
      ) : (
        <Editing />
      )}
      <div className={classes["end"]}>
        <Problems />
        {narrow ? <MoreMenu /> : <MoreButtons />}
      </div>
    </div>
  );
}

/** Settings and the test. */
function useMore() {
  const { t } = useTranslation("workflow-builder");
  const { open } = useBuilder();
  return (["settings", "test"] as const).map((kind) => ({
    label: t(`toolbar.${kind}`),
    icon: kind === "settings" ? <IconAdjustments {...smallIcon} /> : <IconPlayerPlay {...smallIcon} />,
    act: () => open({ kind }),
  }));
}

function MoreButtons() {
  return useMore().map(({ label, icon: leftSection, act }) => (
    <Button key={label} variant="default" leftSection={leftSection} onClick={act}>
      {label}
    </Button>
  ));
}

/** On a phone the bar keeps to one row. */
function MoreMenu() {
  const { t } = useTranslation("workflow-builder");
  const items = useMore();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size={44} aria-label={t("toolbar.more")} title={t("toolbar.more")}>
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ label, icon: leftSection, act }) => (
          <Menu.Item key={label} leftSection={leftSection} onClick={act}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Back, forth, and whether it is kept. */
function Editing() {
  const { t } = useTranslation("workflow-builder");
  const { undo, redo } = useBuilder();
  const acts = [
    { label: t("toolbar.undo"), Icon: IconArrowBackUp, act: undo },
    { label: t("toolbar.redo"), Icon: IconArrowForwardUp, act: redo },
  ];
  return (
    <>
      {acts.map(({ label, Icon, act }) => (
        <ActionIcon key={label} aria-label={label} title={label} disabled={!act} onClick={() => act?.()}>
          <Icon {...icon} />
        </ActionIcon>
      ))}
      <Saved />
    </>
  );
}

/** Whether what is on screen is on the server. */
function Saved() {
  const { t } = useTranslation("workflow-builder");
  const { autosave } = useBuilder();
  const { state } = autosave;
  return (
    <span className={classes["state"]} role="status" data-state={state}>
      {state === "saved" && <IconCheck {...smallIcon} />}
      <span className={classes["savedText"]}>{t(`saved.${state}`)}</span>
    </span>
  );
}

/** How much must be mended; pressing it goes from one to the next. */
function Problems() {
  const { t } = useTranslation("workflow-builder");
  const builder = useBuilder();
  const { definition, panel, open } = builder;
  const shown = [
    ...problemsAt(builder, null),
    ...definition.steps.flatMap(({ id }) => problemsAt(builder, id)),
  ];
  if (shown.length === 0) return null;
  const stops = [...new Map(shown.map((problem) => [panelKey(panelOf(problem)), panelOf(problem)])).values()];
  const next = () => {
    const at = stops.findIndex((stop) => panel !== null && stop && panelKey(stop) === panelKey(panel));
    const stop = stops[(at + 1) % stops.length];
    if (!stop) return;
    open(stop);
    if ("id" in stop) focusSoon(stepNode(stop.id));
  };
  return (
    <Button
      variant="default"
      className={classes["problems"] ?? ""}
      leftSection={<IconAlertTriangle {...smallIcon} />}
      title={shown.map(({ message }) => message).join("\n")}
      onClick={next}
    >
      <span className={classes["problemsText"]}>{t("toolbar.problems", { count: shown.length })}</span>
      <span className={classes["problemsCount"]} aria-hidden>
        {shown.length}
      </span>
    </Button>
  );
}

function panelOf({ step, field }: { readonly step: string | null; readonly field: string }): Panel {
  if (step !== null) return { kind: "step", id: step };
  if (field.startsWith("triggers")) return { kind: "trigger" };
  return field === "start" ? { kind: "add", place: { step: null, key: "next" } } : { kind: "settings" };
}

function panelKey(panel: Panel): string {
  return panel.kind === "step" ? panel.id : `-${panel.kind}`;
}
