import type { Target } from "#contract/imports.ts";
import type { Catalogue, Property } from "#server/properties/property.ts";
import { columnKey, columnWords } from "./column-words.ts";

const SPECIAL = new Set(["id", "status", "until", "opt_out", "bounce"]);

const known = new Map(
  Object.entries(columnWords).flatMap(([name, words]) =>
    [name, ...words.split("|")].map((word) => [columnKey(word), name] as const),
  ),
);

interface Proposing {
  readonly catalogue: Catalogue;
  /** What the account's earlier imports made of a column, by its key. */
  readonly remembered: ReadonlyMap<string, Target>;
}

/** Whether an import may write the property: not what the program itself keeps. */
export function isImportable(property: Property): boolean {
  return !property.readOnly;
}

/**
 * What each column probably is: as last time, else a property of that name or label, else a name known from other
 * tools. A property is proposed once; further columns are skipped until somebody decides.
 */
export function proposeTargets(columns: readonly string[], { catalogue, remembered }: Proposing): Target[] {
  const labels = new Map<string, string>();
  for (const property of catalogue.values()) {
    if (!isImportable(property)) continue;
    labels.set(columnKey(property.label), property.name);
    labels.set(columnKey(property.name), property.name);
  }
  const used = new Set<string>();
  return columns.map((column) => {
    const key = columnKey(column);
    const target =
      usable(remembered.get(key), catalogue) ?? targetNamed(labels.get(key) ?? known.get(key), catalogue);
    const name = target?.to === "property" ? target.name : target?.to;
    if (!target || !name || used.has(name)) return { to: "skip" };
    if (target.to !== "skip") used.add(name);
    return target;
  });
}

function targetNamed(name: string | undefined, catalogue: Catalogue): Target | undefined {
  if (name === undefined) return undefined;
  if (SPECIAL.has(name)) return { to: name as "id" | "status" | "until" | "opt_out" | "bounce" };
  return catalogue.has(name) ? { to: "property", name } : undefined;
}

function usable(target: Target | undefined, catalogue: Catalogue): Target | undefined {
  return target?.to === "property" && !catalogue.has(target.name) ? undefined : target;
}
