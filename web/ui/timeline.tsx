import type { ComponentType, ReactNode } from "react";
import classes from "./timeline.module.css";

export interface TimelineEntry {
  readonly id: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** Formatted; `instant` is the machine's. */
  readonly when: string;
  readonly instant: string;
  /** A quotation in a box, such as the text of a note. */
  readonly body?: ReactNode;
}

interface TimelineProps {
  /** Newest first, under headings such as months. */
  readonly groups: readonly { readonly heading: string; readonly entries: readonly TimelineEntry[] }[];
  /** The last line: "Nothing before 12 March 2025". */
  readonly end?: ReactNode;
}

export function Timeline({ groups, end }: TimelineProps) {
  return (
    <div className={classes["timeline"]}>
      {groups.map(({ heading, entries }) => (
        <section key={heading} aria-label={heading}>
          <h3 className={classes["heading"]}>{heading}</h3>
          <ol>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
      {end !== undefined && <p className={classes["heading"]}>{end}</p>}
    </div>
  );
}

function Entry({
  entry: { icon: Icon, title, detail, when, instant, body },
}: {
  readonly entry: TimelineEntry;
}) {
  return (
    <li className={classes["entry"]}>
      <span className={classes["icon"]} aria-hidden>
        <Icon size={14} stroke={1.5} />
      </span>
      <div className={classes["text"]}>
        <strong>{title}</strong>
        {detail !== undefined && <p>{detail}</p>}
        {body !== undefined && <div className={classes["body"]}>{body}</div>}
      </div>
      <time dateTime={instant}>{when}</time>
    </li>
  );
}

export interface ChainEntry {
  readonly id: string;
  readonly tone: "counts" | "waiting" | "none";
  readonly title: ReactNode;
  /** Lines below. */
  readonly details: readonly ReactNode[];
  /** At the right: "+1". */
  readonly delta?: string;
}

/** How something came to be, step by step: the proof behind a sentence. */
export function Chain({ entries }: { readonly entries: readonly ChainEntry[] }) {
  return (
    <ol className={classes["chain"]}>
      {entries.map(({ id, tone, title, details, delta }) => (
        <li key={id} data-tone={tone}>
          <div>
            <strong>{title}</strong>
            {details.map((detail, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines in a fixed order
              <small key={place}>{detail}</small>
            ))}
          </div>
          {delta !== undefined && <span className={classes["delta"]}>{delta}</span>}
        </li>
      ))}
    </ol>
  );
}
