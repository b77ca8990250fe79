import { CloseButton, Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./side-panel.module.css";

interface SidePanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** A small line above the title. */
  readonly above?: ReactNode;
  /** Stays at the bottom: Cancel and the verb. With a form around both, wrap the panel's children instead. */
  readonly footer?: ReactNode;
  readonly width?: number;
  readonly children: ReactNode;
}

/** Slides in from the right to create or preview without leaving the page; the whole screen at 390 px. */
export function SidePanel({ opened, onClose, title, above, footer, width = 420, children }: SidePanelProps) {
  const { t } = useTranslation("ui");
  const narrow = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false });
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="right" size={narrow ? "100%" : width}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes["panel"]}>
          <div className={classes["header"]}>
            <div className={classes["titles"]}>
              {above !== undefined && <p>{above}</p>}
              <Drawer.Title>{title}</Drawer.Title>
            </div>
            <CloseButton aria-label={t("close")} onClick={onClose} />
          </div>
          <div className={classes["body"]} data-panel>
            {children}
          </div>
          {footer !== undefined && <div className={classes["footer"]}>{footer}</div>}
        </div>
      </Drawer.Content>
    </Drawer.Root>
  );
}
