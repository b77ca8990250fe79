import type { Target } from "#contract/imports.ts";

/** Why a row was not imported: code and values, told in the reader's language when shown. */
export interface Rejection {
  readonly line: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly raw: readonly string[];
}

/** How the rows of one import lie in its staging table. */
export interface StagedShape {
  readonly importId: string;
  /** Columns of `contact`, by property name, in the order they are copied. */
  readonly columns: readonly { readonly name: string; readonly type: "text" | "numeric" | "bigint" }[];
  readonly hasEmail: boolean;
  readonly hasCustom: boolean;
  /** A unique custom property, or the contact's id, to match by. */
  readonly hasReference: boolean;
  /** Custom properties whose values are unique. */
  readonly unique: readonly string[];
  readonly hasStatus: boolean;
  readonly hasFacts: boolean;
}

/** The table's name: the id is a number of ours. */
export function stagingTable(importId: string): string {
  return `staging.import_${BigInt(importId)}`;
}

const facts = "opted_out boolean, opted_out_at timestamptz, bounce text, bounced_at timestamptz";

/** Columns with types, in copy order. */
export function stagingColumns(shape: StagedShape): string[] {
  return [
    "line bigint",
    ...(shape.hasEmail ? ["email text"] : []),
    ...(shape.hasReference ? ["reference text"] : []),
    ...(shape.hasStatus ? ["status text"] : []),
    ...(shape.hasFacts ? facts.split(", ") : []),
    ...shape.columns.map(({ name, type }) => `p_${name} ${type}`),
    ...(shape.hasCustom ? ["custom jsonb"] : []),
    "written jsonb",
  ];
}

export function hasTarget(targets: readonly Target[], ...kinds: Target["to"][]): boolean {
  return targets.some(({ to }) => kinds.includes(to));
}
