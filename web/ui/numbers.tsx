import type { ReactNode } from "react";
import classes from "./numbers.module.css";

interface BigNumberProps {
  readonly label: ReactNode;
  /** Formatted; "…" while it is being counted, never 0. */
  readonly value: ReactNode;
  /** Beside the number, dimmed: "of 9,000". */
  readonly beside?: ReactNode;
  /** Below: what it means. */
  readonly children?: ReactNode;
  /** row 16, dialog 22, card 28, hero 44. */
  readonly size?: "row" | "dialog" | "card" | "hero";
}

/** A number that answers a question, with its label above. */
export function BigNumber({ label, value, beside, children, size = "card" }: BigNumberProps) {
  return (
    <div className={classes["big"]} data-size={size}>
      <div className={classes["label"]}>{label}</div>
      <div className={classes["line"]}>
        <span className={classes["value"]}>{value}</span>
        {beside !== undefined && <span className={classes["beside"]}>{beside}</span>}
      </div>
      {children !== undefined && <div className={classes["detail"]}>{children}</div>}
    </div>
  );
}

/** Big numbers side by side, split by lines; below each other at 390 px. `bordered` where no card is around it. */
export function StatRow({
  children,
  bordered = false,
}: {
  readonly children: ReactNode;
  readonly bordered?: boolean;
}) {
  return (
    <div className={classes["stats"]} data-bordered={bordered || undefined}>
      {children}
    </div>
  );
}

/** One cell of a StatRow; `strong` is the one that matters. */
export function Stat({
  children,
  strong = false,
}: {
  readonly children: ReactNode;
  readonly strong?: boolean;
}) {
  return (
    <div className={classes["stat"]} data-strong={strong || undefined}>
      {children}
    </div>
  );
}
