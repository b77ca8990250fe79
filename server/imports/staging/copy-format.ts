/** How Postgres' copy format writes "no value". */
export const NULL = "\\N";

const UNSAFE = /[\\\t\n\r]/;
const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** A value in the copy format. */
export function escaped(value: string | null): string {
  if (value === null) return NULL;
  return UNSAFE.test(value) ? value.replace(/[\\\t\n\r]/g, (letter) => escapes[letter] as string) : value;
}

const JSON_UNSAFE = /["\\\p{Cc}\p{Surrogate}]/u;

/** A text as JSON; nearly all need no escaping. */
export function quoted(value: string): string {
  return JSON_UNSAFE.test(value) ? JSON.stringify(value) : `"${value}"`;
}
