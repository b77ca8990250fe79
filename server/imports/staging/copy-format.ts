/** How Postgres' copy format writes "no value". */
export const NULL = "\\N";

const UNSAFE = /[\\\t\n\r]/;
const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** A value in the copy format. */
export function escaped(value: string | null): string {
  if (value === null) return NULL;
  return UNSAFE.test(value) ? value.replace(/[\\\t\n\r]/g, (letter) => escapes[letter] as string) : value;
}

const SPECIAL = /["\\\p{Cc}\p{Surrogate}]/u;

/** Whether a text is written as it is, in JSON and in the copy format: nearly all are. */
export function isPlain(value: string): boolean {
  return !SPECIAL.test(value);
}
