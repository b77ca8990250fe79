import type { lineTypes } from "#contract/usage.ts";

/** A piece of the rollup: what one kind of change from one origin did. */
export interface ChangeRow {
  readonly at: Date;
  readonly kind: string;
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly operationId: string | null;
  readonly reason: string;
  readonly raised: number;
  readonly lowered: number;
  readonly waiting: number;
}

export interface LineKey {
  readonly type: (typeof lineTypes)[number];
  readonly at: string | null;
  readonly operationId: string | null;
  readonly sourceType: string | null;
  readonly sourceId: string | null;
}

export interface Line extends LineKey {
  readonly raised: number;
  readonly lowered: number;
  readonly scheduled: number;
}

const NOBODY = { at: null, operationId: null, sourceType: null, sourceId: null };

/** Changes that concern the contact itself, whatever the source says. */
const ofContact = new Set(["deleted", "restored", "merged", "erased"]);

/** Which line a change belongs to. The same rule is written in SQL for showing a line's contacts. */
function lineOf(row: Omit<ChangeRow, "raised" | "lowered" | "waiting">): LineKey {
  if (row.kind === "became_non_marketing") return { ...NOBODY, type: "update", at: row.at.toISOString() };
  if (row.operationId !== null) return { ...NOBODY, type: "operation", operationId: row.operationId };
  if (row.reason === "protected" || row.reason === "protection_lifted")
    return { ...NOBODY, type: "protected" };
  if (row.sourceType === "USER_SET" || ofContact.has(row.kind)) return { ...NOBODY, type: "hand" };
  return { ...NOBODY, type: "source", sourceType: row.sourceType, sourceId: row.sourceId };
}

/** The lines of a span: updates in their order, then what moved most, people one by one last. */
export function linesOf(rows: readonly ChangeRow[]): Line[] {
  const lines = new Map<string, Line>();
  for (const row of rows) {
    const key = lineOf(row);
    const name = JSON.stringify(key);
    const line = lines.get(name) ?? { ...key, raised: 0, lowered: 0, scheduled: 0 };
    lines.set(name, {
      ...line,
      raised: line.raised + row.raised,
      lowered: line.lowered + row.lowered,
      scheduled: line.scheduled + (key.type === "update" ? 0 : row.waiting),
    });
  }
  return [...lines.values()].filter(movesSomething).toSorted(byWeight);
}

function movesSomething({ raised, lowered, scheduled }: Line): boolean {
  return raised !== 0 || lowered !== 0 || scheduled !== 0;
}

const order: Record<Line["type"], number> = { update: 0, operation: 1, source: 1, protected: 1, hand: 2 };
const weight = ({ raised, lowered, scheduled }: Line) => raised + lowered + Math.abs(scheduled);

function byWeight(a: Line, b: Line): number {
  const apart = order[a.type] - order[b.type];
  if (apart !== 0) return apart;
  return a.type === "update" ? (a.at ?? "").localeCompare(b.at ?? "") : weight(b) - weight(a);
}

export interface Sums {
  readonly raised: number;
  readonly lowered: number;
  readonly scheduled: number;
}

export function sumOf(lines: readonly Sums[]): Sums {
  return lines.reduce(
    (sum, { raised, lowered, scheduled }) => ({
      raised: sum.raised + raised,
      lowered: sum.lowered + lowered,
      scheduled: sum.scheduled + scheduled,
    }),
    { raised: 0, lowered: 0, scheduled: 0 },
  );
}
