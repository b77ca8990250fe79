import { AppError } from "#server/platform/errors.ts";
import type { Catalogue, Property } from "#server/properties/property.ts";
import { parseValue } from "#server/properties/property-value.ts";
import { normaliseEmail } from "../email-address.ts";

/** Canonical values of writable properties; null is "no value". */
export type ReadValues = ReadonlyMap<Property, string | null>;

type Raw = string | number | boolean | null;

/**
 * Checks values against their properties. Refuses (`invalid_input`) naming the property of the first bad one;
 * `details.problems` has them all, as `{property, reason}`.
 */
export function readValues(catalogue: Catalogue, given: Readonly<Record<string, Raw>>): ReadValues {
  const values = new Map<Property, string | null>();
  const problems: Problem[] = [];
  for (const [name, raw] of Object.entries(given)) {
    const property = catalogue.get(name);
    const read = property ? readValue(property, raw) : unknownProperty(name);
    if ("value" in read && property) values.set(property, read.value);
    else if ("reason" in read) problems.push(read);
  }
  refuse(problems);
  return values;
}

/** Reads one value that a person or program wants to write. */
export function readWritableValue(property: Property, raw: Raw): string | null {
  const read = readValue(property, raw);
  if ("value" in read) return read.value;
  throw new AppError("invalid_input", read.reason, read.details);
}

interface Problem {
  readonly reason: string;
  readonly details: Record<string, unknown>;
}

function readValue(property: Property, raw: Raw): { readonly value: string | null } | Problem {
  const { name, label, maxLength } = property;
  const details = { property: name, label, limit: maxLength, value: raw };
  if (property.readOnly) return { reason: "properties:value_problem.read_only", details };
  if (name === "email") return readEmail(raw, details);
  const read = parseValue(property, raw);
  return "problem" in read ? { reason: `properties:value_problem.${read.problem}`, details } : read;
}

function readEmail(raw: Raw, details: Record<string, unknown>): { readonly value: string | null } | Problem {
  const read = normaliseEmail(String(raw ?? ""));
  if ("email" in read) return { value: read.email };
  if (read.problem === "empty") return { value: null };
  return { reason: `contacts:email_problem.${read.problem}`, details };
}

function unknownProperty(name: string): Problem {
  return { reason: "properties:value_problem.unknown_property", details: { property: name, name } };
}

function refuse(problems: readonly Problem[]): void {
  const [first] = problems;
  if (!first) return;
  throw new AppError("invalid_input", first.reason, {
    ...first.details,
    problems: problems.map(({ reason, details }) => ({ property: details["property"], reason })),
  });
}
