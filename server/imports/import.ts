import type { Plan, Tally } from "#contract/imports.ts";
import { AppError } from "#server/platform/errors.ts";
import type { PropertyType } from "#server/properties/property.ts";
import type { FileProfile } from "./reading/inspect-bytes.ts";
import type { StagedShape } from "./staging/staged.ts";

export interface ImportProfile extends FileProfile {
  /** Time zone of moments in the file that name none: that of whoever brought it. */
  readonly zone: string;
  /** The first column is the line a row had in another file: a retry. */
  readonly lines?: boolean;
}

export interface FileShape {
  readonly encoding: string;
  readonly delimiter: string | null;
  readonly header: boolean;
  readonly columns: string[];
  readonly guesses: PropertyType[];
  readonly preview: { line: number; values: string[] }[];
}

export interface Forecast extends Tally {
  readonly createdWithoutAddress: number;
  /** Of the raised ones, those that count anew (not merely stop waiting). */
  readonly countsAnew: number;
}

export interface ImportRow {
  readonly id: string;
  readonly fileName: string;
  readonly state: "uploading" | "uploaded" | "reading" | "ready" | "started" | "failed";
  readonly bytes: number;
  readonly readBytes: number;
  readonly profile: ImportProfile | null;
  readonly shape: FileShape | null;
  readonly plan: Plan | null;
  readonly staged: StagedShape | null;
  readonly rows: number | null;
  readonly forecast: Forecast | null;
  readonly failure: { readonly reason: string; readonly details: Record<string, unknown> } | null;
  readonly operationId: string | null;
  readonly retryOf: string | null;
  readonly actorType: string;
  readonly actorId: string | null;
  readonly createdAt: Date;
}

/** Largest file taken, in bytes: about 30 million rows. */
export const MAX_FILE_BYTES = 8 * 1024 ** 3;

/** Bytes of the file in one stored part. */
export const PART_BYTES = 1024 * 1024;

/** The plan and profile of an import that has been checked. */
export function requirePlan(row: ImportRow): { plan: Plan; profile: ImportProfile; shape: FileShape } {
  const { plan, profile, shape } = row;
  if (!plan || !profile || !shape)
    throw new AppError("conflict", "imports:not_checked", { importId: row.id });
  return { plan, profile, shape };
}

/** How its rows lie in staging, once it has been read. */
export function requireStaged({ id, staged }: ImportRow): StagedShape {
  if (!staged) throw new AppError("conflict", "imports:not_checked", { importId: id });
  return staged;
}
