import classes from "./time-chart.module.css";
import type { LineRole } from "./time-chart.tsx";

interface LegendProps {
  readonly items: readonly { readonly role: LineRole | "mark"; readonly label: string }[];
}

/** Names the lines as they are drawn. */
export function ChartLegend({ items }: LegendProps) {
  return (
    <ul className={classes["legend"]}>
      {items.map(({ role, label }) => (
        <li key={role}>
          <svg width={18} height={10} aria-hidden>
            {role === "mark" ? (
              <circle cx={9} cy={5} r={3.5} className={classes["hollow"]} />
            ) : (
              <path d="M1 5H17" data-role={role} className={classes["line"]} />
            )}
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
