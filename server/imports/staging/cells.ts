import type { Fact } from "../reading/read-status.ts";
import { escaped, isPlain, NULL } from "./copy-format.ts";
import type { StagedShape } from "./staged.ts";

/** Cells of the row being converted, by purpose; one object is used again for every row. */
export interface Cells {
  email: string | null;
  reference: string | null;
  status: string | null;
  until: boolean;
  optOut: Fact | null;
  bounce: Fact | null;
  readonly built: (string | null)[];
  /** Pieces of a JSON object, each pair beginning with a comma: joined at once, because adding up strings costs twice. */
  custom: string[];
  /** The same of all filled values as texts: what the history keeps. */
  written: string[];
  /** No value so far needs escaping, neither in JSON nor for copy. */
  plain: boolean;
}

export function emptyCells(shape: StagedShape): Cells {
  return {
    email: null,
    reference: null,
    status: null,
    until: false,
    optOut: null,
    bounce: null,
    built: shape.columns.map(() => null),
    custom: [],
    written: [],
    plain: true,
  };
}

export function clear(cells: Cells): void {
  cells.email = null;
  cells.reference = null;
  cells.status = null;
  cells.until = false;
  cells.optOut = null;
  cells.bounce = null;
  cells.built.fill(null);
  cells.custom.length = 0;
  cells.written.length = 0;
  cells.plain = true;
}

/** The row as a line of Postgres' copy format. */
export function copyLine(line: number, cells: Cells, shape: StagedShape): string {
  const cell = cells.plain ? asItIs : escaped;
  const pieces = [String(line)];
  if (shape.hasEmail) pieces.push(cell(cells.email));
  if (shape.hasReference) pieces.push(escaped(cells.reference));
  if (shape.hasStatus) pieces.push(statusCell(cells));
  if (shape.hasFacts) pieces.push(factCells(cells));
  for (const value of cells.built) pieces.push(cell(value));
  if (shape.hasCustom) pieces.push(cell(cells.custom.length === 0 ? null : json(cells.custom)));
  pieces.push(cell(json(cells.written)));
  return `${pieces.join("\t")}\n`;
}

function asItIs(value: string | null): string {
  return value ?? NULL;
}

function json(pieces: readonly string[]): string {
  return `{${pieces.join("").slice(1)}}`;
}

function statusCell({ status, until }: Cells): string {
  return until && status !== "non_marketing" ? "waiting" : (status ?? NULL);
}

function factCells({ optOut, bounce }: Cells): string {
  return `${optOut !== null}\t${optOut?.at ?? NULL}\t${escaped(bounce?.reason ?? null)}\t${bounce?.at ?? NULL}`;
}

/** Adds a pair to one of the objects; the key comes with its comma and colon. */
export function addText(
  cells: Cells,
  to: "custom" | "written",
  [key, value]: readonly [string, string],
): void {
  if (isPlain(value)) {
    cells[to].push(key, '"', value, '"');
    return;
  }
  cells.plain = false;
  cells[to].push(key, JSON.stringify(value));
}
