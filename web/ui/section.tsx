import { type ReactNode, useId } from "react";
import classes from "./section.module.css";

interface SectionProps {
  readonly title?: ReactNode;
  /** At the right of the title: a link, a count, a segmented control. */
  readonly aside?: ReactNode;
  /** Without inner padding, for tables and columns that bring their own. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A card with a heading: the unit of every page. */
export function Section({ title, aside, flush = false, children }: SectionProps) {
  const id = useId();
  return (
    <section
      className={classes["section"]}
      data-flush={flush || undefined}
      aria-labelledby={title ? id : undefined}
    >
      {(title !== undefined || aside !== undefined) && (
        <header className={classes["header"]}>
          {title !== undefined && <h2 id={id}>{title}</h2>}
          {aside !== undefined && <div className={classes["aside"]}>{aside}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

interface Fact {
  readonly label: ReactNode;
  readonly value: ReactNode;
}

/** Labels with their values below, as in "Details". Facts without a value show a dash. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes["facts"]}>
      {facts.map(({ label, value }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is fixed
        <div key={place}>
          <dt>{label}</dt>
          <dd>{value ?? "–"}</dd>
        </div>
      ))}
    </dl>
  );
}
