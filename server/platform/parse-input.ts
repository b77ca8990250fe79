import type { z } from "zod";
import { AppError } from "./errors.ts";
import { type UnknownField, unknownFields } from "./unknown-fields.ts";

/** One thing wrong with an input: where, and the key and values of its text. */
export interface InputIssue {
  readonly path: string;
  readonly reason: string;
  readonly values: Record<string, unknown>;
}

const OWN_TEXT = /^[a-z][a-z-]*:[a-z][a-z0-9_]*$/;

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
  throw refused([...unknown, ...(parsed.error?.issues ?? []).map(describe)]);
}

export function invalidInput(found: readonly z.core.$ZodIssue[]): AppError {
  return refused(found.map(describe));
}

function refused(issues: readonly InputIssue[]): AppError {
  const first = issues[0] ?? { path: "", reason: "http:field_invalid", values: { field: "" } };
  return new AppError("invalid_input", first.reason, { ...first.values, issues });
}

function describe(issue: z.core.$ZodIssue): InputIssue {
  const path = issue.path.map(String).join(".");
  const field = path || "input";
  return { path: field, reason: reasonOf(issue), values: { field, ...limitsOf(issue) } };
}

function describeUnknown({ path, meant, known }: UnknownField): InputIssue {
  const values = { field: path, meant, known: known.join(", ") };
  if (meant !== null) return { path, reason: "http:field_misspelt", values };
  return { path, reason: known.length > 0 ? "http:field_unknown" : "http:field_unexpected", values };
}

function reasonOf(issue: z.core.$ZodIssue): string {
  if (OWN_TEXT.test(issue.message)) return issue.message;
  if (issue.code === "invalid_type") {
    return issue.input === undefined ? "http:field_missing" : "http:field_wrong_type";
  }
  const reasons: Partial<Record<typeof issue.code, string>> = {
    too_small: "http:field_too_small",
    too_big: "http:field_too_big",
    invalid_value: "http:field_not_a_choice",
  };
  return reasons[issue.code] ?? "http:field_invalid";
}

function limitsOf(issue: z.core.$ZodIssue): Record<string, unknown> {
  if (issue.code === "invalid_type") return { expected: issue.expected };
  if (issue.code === "too_small") return { minimum: String(issue.minimum) };
  if (issue.code === "too_big") return { maximum: String(issue.maximum) };
  if (issue.code === "invalid_value") return { choices: issue.values.map(String).join(", ") };
  return {};
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
