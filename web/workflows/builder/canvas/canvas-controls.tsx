import { ActionIcon } from "@mantine/core";
import { IconArrowBarToUp, IconMaximize, IconMinus, IconPlus } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { icon } from "../../../ui/icons.ts";
import classes from "./canvas.module.css";

/** Nearer, farther, all of it, and back to the top. */
export function CanvasControls({ onTop }: { readonly onTop: () => void }) {
  const { t } = useTranslation("workflow-builder");
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const acts = [
    { key: "zoomIn", label: t("canvas.zoomIn"), Icon: IconPlus, onClick: () => void zoomIn() },
    { key: "zoomOut", label: t("canvas.zoomOut"), Icon: IconMinus, onClick: () => void zoomOut() },
    {
      key: "fit",
      label: t("canvas.fit"),
      Icon: IconMaximize,
      onClick: () => void fitView({ padding: 0.08, maxZoom: 1 }),
    },
    { key: "top", label: t("canvas.top"), Icon: IconArrowBarToUp, onClick: onTop },
  ];
  return (
    <div className={classes["controls"]} role="group" aria-label={t("canvas.controls")}>
      {acts.map(({ key, label, Icon, onClick }) => (
        <ActionIcon key={key} aria-label={label} title={label} onClick={onClick}>
          <Icon {...icon} />
        </ActionIcon>
      ))}
    </div>
  );
}
