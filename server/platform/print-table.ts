import type { Output } from "./command.ts";

export interface Column {
  /** In the reader's language. */
  readonly head: string;
  /** Numbers end at the same place. */
  readonly isNumber?: boolean;
}

const GAP = "  ";

/** Rows below their heads, each column as wide as its widest cell. Without rows there is nothing to head. */
export function printTable(
  output: Output,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): void {
  if (rows.length === 0) return;
  const lines = [columns.map(({ head }) => head), ...rows];
  const widths = columns.map((_, at) => Math.max(...lines.map((cells) => width(cells[at] ?? ""))));
  for (const cells of lines) {
    const padded = columns.map(({ isNumber }, at) => {
      const cell = cells[at] ?? "";
      const space = " ".repeat((widths[at] ?? 0) - width(cell));
      return isNumber ? space + cell : cell + space;
    });
    output.line(padded.join(GAP).trimEnd());
  }
}

/** What a person sees as one letter takes one cell, however it is written. */
function width(cell: string): number {
  return [...new Intl.Segmenter().segment(cell)].length;
}
