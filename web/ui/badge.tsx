import type { ReactNode } from "react";
import classes from "./badge.module.css";

/** counts: filled dot; waiting: half dot; none: hollow ring; the word carries the meaning, colour only helps. */
export type Tone = "counts" | "waiting" | "none" | "good" | "bad" | "running" | "plain";

interface BadgeProps {
  readonly tone?: Tone;
  /** Instead of the dot, only with `plain`. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A state, in a word. Plain facts get no badge. */
export function Badge({ tone = "plain", icon, children }: BadgeProps) {
  return (
    <span className={classes["badge"]} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
