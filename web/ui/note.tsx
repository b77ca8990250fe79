import {
  IconAlertTriangle,
  IconArrowDown,
  IconCalendar,
  IconCircleCheck,
  IconInfoCircle,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./note.module.css";

const icons = {
  info: IconInfoCircle,
  gain: IconArrowDown,
  date: IconCalendar,
  error: IconAlertTriangle,
  good: IconCircleCheck,
};

interface NoteProps {
  /** info: good to know; gain: what it brings; date: it takes effect later; error: what failed; good: done. */
  readonly kind?: keyof typeof icons;
  /** Bold, before the text. */
  readonly title?: ReactNode;
  /** Buttons or links below the text. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

export function Note({ kind = "info", title, actions, children }: NoteProps) {
  const Icon = icons[kind];
  return (
    <div className={classes["note"]} data-kind={kind} role={kind === "error" ? "alert" : undefined}>
      <Icon size={16} stroke={1.5} aria-hidden className={classes["icon"]} />
      <div className={classes["text"]}>
        {title !== undefined && <strong>{title} </strong>}
        {children}
        {actions !== undefined && <div className={classes["actions"]}>{actions}</div>}
      </div>
    </div>
  );
}
