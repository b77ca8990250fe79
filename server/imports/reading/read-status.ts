import { hardBounceReasons } from "#server/properties/built-in-properties.ts";
import type { FileLocale } from "./file-locale.ts";
import { readBoolean } from "./read-boolean.ts";
import { readInstant } from "./read-cell.ts";

const MARKETING = new Set([
  "marketing contact",
  "marketing",
  "marknadsföringskontakt",
  "marknadsföring",
  "kontakt marketingowy",
  "marketingowy",
]);
const NON_MARKETING = new Set([
  "non-marketing contact",
  "non-marketing",
  "non marketing contact",
  "icke-marknadsföringskontakt",
  "icke-marknadsföring",
  "kontakt niemarketingowy",
  "niemarketingowy",
]);

/** A row's marketing status as other tools export it. Undefined: neither. */
export function readStatus(raw: string): "marketing" | "non_marketing" | undefined {
  const word = raw.trim().toLowerCase();
  if (MARKETING.has(word) || readBoolean(word) === "true") return "marketing";
  if (NON_MARKETING.has(word) || readBoolean(word) === "false") return "non_marketing";
  return undefined;
}

export interface Fact {
  readonly at: string | null;
  readonly reason: string;
}

/** Opt-out: yes or no, or when. Null is "no", undefined is nonsense. */
export function readOptOut(raw: string, locale: FileLocale): Fact | null | undefined {
  const yes = readBoolean(raw);
  if (yes) return yes === "true" ? { at: null, reason: "" } : null;
  if (/^(unsubscribed|opted[ -]?out|avregistrerad|wypisan[ya])$/i.test(raw)) return { at: null, reason: "" };
  const at = readInstant(raw, locale);
  return at === undefined ? undefined : { at, reason: "" };
}

/** Hard bounce: yes or no, when, or why; any other words are a bounce for another reason. */
export function readBounce(raw: string, locale: FileLocale): Fact | null {
  const yes = readBoolean(raw);
  if (yes) return yes === "true" ? { at: null, reason: "OTHER" } : null;
  const at = readInstant(raw, locale);
  if (at !== undefined) return { at, reason: "OTHER" };
  const code = raw
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, "_");
  return { at: null, reason: hardBounceReasons.find((reason) => reason === code) ?? "OTHER" };
}
