import type { ReactNode } from "react";
import classes from "./split-bar.module.css";

/**
 * What a segment stands for: counts (petrol, and only that), waiting (amber, hatched), plain (gray), held (dark gray),
 * room (empty), beyond (hatched, past the limit), good and goodSoft (done, created, updated), bad (rejected, failed).
 */
export type Role = "counts" | "waiting" | "plain" | "held" | "room" | "beyond" | "good" | "goodSoft" | "bad";

export interface Segment {
  readonly role: Role;
  readonly value: number;
  readonly label: ReactNode;
}

interface SplitBarProps {
  readonly segments: readonly Segment[];
  /** Said to screen readers instead of the picture, such as "8,573 of 9,000". */
  readonly label: string;
  /** slim 6, mid 10, full 16, hero 22 pixels. */
  readonly size?: "slim" | "mid" | "full" | "hero";
}

/** Parts of a whole. Empty segments are left out; the others keep at least a visible sliver. */
export function SplitBar({ segments, label, size = "mid" }: SplitBarProps) {
  const shown = segments.filter(({ value }) => value > 0);
  return (
    <div className={classes["bar"]} data-size={size} role="img" aria-label={label}>
      {shown.length === 0 && <i data-role="room" style={{ flex: 1 }} />}
      {shown.map(({ role, value }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is fixed
        <i key={place} data-role={role} style={{ flexGrow: value }} />
      ))}
    </div>
  );
}

/** The small square that ties a word to its segment. */
export function SegmentKey({ role }: { readonly role: Role }) {
  return <i className={classes["key"]} data-role={role} aria-hidden />;
}

interface LegendProps {
  readonly segments: readonly (Omit<Segment, "value"> & { readonly value?: ReactNode })[];
  /** At the right end. */
  readonly children?: ReactNode;
}

/** Names the segments in a line; with values where they are given (format them). */
export function Legend({ segments, children }: LegendProps) {
  return (
    <div className={classes["legend"]}>
      {segments.map(({ role, label, value }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is fixed
        <span key={place}>
          <SegmentKey role={role} />
          {label}
          {value !== undefined && <b>{value}</b>}
        </span>
      ))}
      {children !== undefined && <div className={classes["legendEnd"]}>{children}</div>}
    </div>
  );
}

export interface Group {
  readonly role?: Role;
  readonly label: ReactNode;
  /** Formatted. */
  readonly value: ReactNode;
  /** A link beside the label, such as "Show". */
  readonly action?: ReactNode;
  readonly detail?: ReactNode;
  readonly strong?: boolean;
}

interface GroupListProps {
  readonly groups: readonly Group[];
  /** The last line: what they add up to. */
  readonly total?: Group;
}

/** Groups that add up: the list below a split bar in dialogs and reviews. */
export function GroupList({ groups, total }: GroupListProps) {
  return (
    <dl className={classes["groups"]}>
      {groups.map((group, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is fixed
        <GroupLine key={place} group={group} />
      ))}
      {total !== undefined && <GroupLine group={{ ...total, strong: true }} isTotal />}
    </dl>
  );
}

function GroupLine({ group, isTotal = false }: { readonly group: Group; readonly isTotal?: boolean }) {
  return (
    <div
      className={classes["group"]}
      data-strong={group.strong || undefined}
      data-total={isTotal || undefined}
    >
      <dt>
        {group.role !== undefined && <SegmentKey role={group.role} />}
        <span>
          {group.label} {group.action}
          {group.detail !== undefined && <small>{group.detail}</small>}
        </span>
      </dt>
      <dd>{group.value}</dd>
    </div>
  );
}
