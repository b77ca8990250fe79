import type { z } from "zod";
import type * as contract from "#contract/imports.ts";
import type { RejectionView } from "#contract/imports.ts";
import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";
import { text } from "#server/platform/texts.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import type { Catalogue } from "#server/properties/property.ts";
import type { ImportRow } from "../import.ts";
import { loadImport } from "../load-import.ts";
import { type RejectionRow, selectRejections } from "./queries.ts";

/** Rejected rows in the order of the file, each with its reason in the reader's language. */
export async function listRejections(
  context: Context,
  { importId, code, after, limit }: z.output<typeof contract.listRejections.input>,
): Promise<z.input<typeof contract.listRejections.reply>> {
  const row = await loadImport(context, importId);
  const found = await selectRejections(context, { importId, code, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const catalogue = await loadCatalogue(context);
  const rejections = page.map((rejection) =>
    viewOf(rejection, { row, catalogue, language: context.actor.language }),
  );
  return { rejections, after: found.length > limit ? (page.at(-1)?.line ?? null) : null };
}

interface Viewing {
  readonly row: ImportRow;
  readonly catalogue: Catalogue;
  readonly language: Language;
}

function viewOf(rejection: RejectionRow, viewing: Viewing): RejectionView {
  const { line, code, raw, retriedIn } = rejection;
  return {
    line,
    code,
    reason: reasonText(rejection, viewing),
    column: columnOf(rejection, viewing.row),
    values: raw ?? [],
    retriedIn,
  };
}

const ABOUT_EMAIL = new Set([
  "no_address",
  "second_use",
  "superseded",
  "exists",
  "not_found",
  "address_taken",
  "same_contact",
]);

/** The column to fix: the one that did not fit, else the one the row is matched by. */
export function columnOf(
  { code, details }: Pick<RejectionRow, "code" | "details">,
  { plan }: ImportRow,
): number | null {
  if (typeof details["column"] === "number") return details["column"];
  if (!ABOUT_EMAIL.has(code) || !plan) return null;
  const name = code === "address_taken" ? "email" : plan.match;
  const at = plan.columns.findIndex((target) =>
    target.to === "property" ? target.name === name : target.to === name,
  );
  return at < 0 ? null : at;
}

/** Why a row was rejected: a sentence that names what is wrong with which value. */
export function reasonText(
  { code, details }: Pick<RejectionRow, "code" | "details">,
  { row, catalogue, language }: Viewing,
): string {
  const column = columnLabel(details, row);
  const property = catalogue.get(word(details["property"]) || (row.plan?.match ?? ""))?.label ?? column;
  const name = word(details["name"]) && ` (${word(details["name"])})`;
  const problem = code === "no_address" ? `_${word(details["problem"])}` : "";
  return text(language, `imports:reason_${code}${problem}`, { ...details, property, column, name });
}

function columnLabel(details: RejectionRow["details"], { shape }: ImportRow): string {
  const column = details["column"];
  return typeof column === "number" ? (shape?.columns[column] ?? "") : "";
}

function word(detail: unknown): string {
  return typeof detail === "string" ? detail : "";
}
