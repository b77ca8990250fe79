import type { z } from "zod";
import { describeIssues, type InputIssue } from "./describe-issue.ts";
import { AppError } from "./errors.ts";
import { type UnknownField, unknownFields } from "./unknown-fields.ts";

/**
 * Checks an input against its schema. Refuses with `invalid_input`, naming the first field that is wrong;
 * `details.issues` has all of them. A schema may say a text key as its message (`error: "accounts:name_taken"`).
 */
export function parseInput<Input extends z.ZodType>(schema: Input, value: unknown): z.output<Input> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error.issues);
}

/**
 * The same for what somebody asks: a field that nobody reads is refused instead of dropped, and told before what else is
 * wrong, which it may explain.
 */
export function parseAsked<Input extends z.ZodType>(schema: Input, value: unknown): z.output<Input> {
  const parsed = schema.safeParse(value, { reportInput: true });
  const unknown = unknownFields(schema, value).map(describeUnknown);
  if (parsed.success && unknown.length === 0) return parsed.data;
  throw refused([...unknown, ...describeIssues(parsed.error?.issues ?? [])]);
}

export function invalidInput(found: readonly z.core.$ZodIssue[]): AppError {
  return refused(describeIssues(found));
}

function refused(issues: readonly InputIssue[]): AppError {
  const first = issues[0] ?? { path: "", reason: "http:field_invalid", values: { field: "" } };
  return new AppError("invalid_input", first.reason, { ...first.values, issues });
}

function describeUnknown({ path, meant, known }: UnknownField): InputIssue {
  const values = { field: path, meant, known: known.join(", ") };
  if (meant !== null) return { path, reason: "http:field_misspelt", values };
  return { path, reason: known.length > 0 ? "http:field_unknown" : "http:field_unexpected", values };
}

const UNSTORABLE = /[\0\p{Surrogate}]/u;
const DEEPEST = 64;

/**
 * Refuses text that Postgres cannot store as it is (NUL, half a surrogate pair) and nesting without bound,
 * naming the field.
 */
export function refuseUnstorable(input: unknown): void {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: input, path: "", depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path, depth } = next;
    if (depth > DEEPEST) throw new AppError("invalid_input", "http:too_deep", { field: path.slice(1, 80) });
    if (typeof value === "string" && UNSTORABLE.test(value)) refuseText(path);
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (UNSTORABLE.test(key)) refuseText(path);
      open.push({ value: inner, path: `${path}.${key}`, depth: depth + 1 });
    }
  }
}

function refuseText(path: string): never {
  const field = path.slice(1) || "input";
  const issues: InputIssue[] = [{ path: field, reason: "http:unstorable_text", values: { field } }];
  throw new AppError("invalid_input", "http:unstorable_text", { field, issues });
}
