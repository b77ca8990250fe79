import type { z } from "zod";

/** One thing wrong with an input: where, and the key and values of its text. */
export interface InputIssue {
  readonly path: string;
  readonly reason: string;
  readonly values: Record<string, unknown>;
}

type Issue = z.core.$ZodIssue;

const OWN_TEXT = /^[a-z][a-z-]*:[a-z][a-z0-9_]*$/;

/** What a schema found, as texts: of several possible forms, what is wrong with the one that was meant. */
export function describeIssues(found: readonly Issue[]): InputIssue[] {
  return found.flatMap(opened).map(describe);
}

function opened(issue: Issue): Issue[] {
  const inner = issue.code === "invalid_union" ? meant(issue.errors) : innerOf(issue);
  if (inner.length === 0) return [issue];
  return inner.flatMap((each) => opened({ ...each, path: [...issue.path, ...each.path] }));
}

function innerOf(issue: Issue): readonly Issue[] {
  return issue.code === "invalid_key" || issue.code === "invalid_element" ? issue.issues : [];
}

/** The form that lacks least of what it needs; of forms that are all of another type, their types together. */
function meant(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  const types = forms.map((issues) =>
    issues.map((issue) => (issue.path.length === 0 && issue.code === "invalid_type" ? issue.expected : null)),
  );
  const [first] = forms.flat();
  if (first?.code === "invalid_type" && types.flat().every((type) => type !== null)) {
    return [{ ...first, expected: [...new Set(types.flat())].join(", ") }];
  }
  const [best = []] = forms.toSorted((a, b) => strangeness(a) - strangeness(b));
  return best;
}

function strangeness(issues: readonly Issue[]): number {
  return Math.max(
    ...issues.map((issue) => {
      if (issue.code === "invalid_value" && issue.values.every((value) => value === "")) return 3;
      if (isMissing(issue)) return 2;
      return issue.code === "invalid_type" ? 1 : 0;
    }),
  );
}

const isMissing = (issue: Issue) => issue.code === "invalid_type" && issue.input === undefined;

function describe(issue: Issue): InputIssue {
  const field = issue.path.map(String).join(".") || "input";
  return { path: field, reason: reasonOf(issue), values: { field, ...limitsOf(issue) } };
}

function reasonOf(issue: Issue): string {
  if (OWN_TEXT.test(issue.message)) return issue.message;
  if (isMissing(issue)) return "http:field_missing";
  if (issue.code === "invalid_format") return formatOf(issue);
  const reasons: Partial<Record<typeof issue.code, string>> = {
    invalid_type: "http:field_wrong_type",
    too_small: "http:field_too_small",
    too_big: "http:field_too_big",
    invalid_value: "http:field_not_a_choice",
    invalid_union: "http:field_not_a_choice",
  };
  return reasons[issue.code] ?? "http:field_invalid";
}

const ID = /^\/\^\[1-9\]\\d\{0,\d+\}\$\/$/;

/** What a text must look like, with an example where it is one that people know. */
function formatOf({ format, pattern }: z.core.$ZodIssueInvalidStringFormat): string {
  const known: Readonly<Record<string, string>> = {
    email: "http:field_no_email",
    datetime: "http:field_no_moment",
    date: "http:field_no_day",
    url: "http:field_no_web_address",
  };
  if (pattern !== undefined && ID.test(pattern)) return "http:field_no_id";
  if (pattern?.includes("2[0-3]):[0-5]") && format === "regex") return "http:field_no_time";
  return known[format] ?? "http:field_wrong_form";
}

function limitsOf(issue: Issue): Record<string, unknown> {
  if (issue.code === "invalid_type") return { expected: issue.expected };
  if (issue.code === "too_small") return { minimum: String(issue.minimum) };
  if (issue.code === "too_big") return { maximum: String(issue.maximum) };
  if (issue.code === "invalid_value") return { choices: issue.values.map(String).join(", ") };
  if (issue.code === "invalid_union") return { choices: choicesOf(issue) };
  if (issue.code === "invalid_format") return { pattern: issue.pattern ?? issue.format };
  return {};
}

/** The names that tell forms apart. */
function choicesOf(issue: z.core.$ZodIssueInvalidUnion): string {
  return "options" in issue ? (issue.options ?? []).map(String).join(", ") : "";
}
