import { AppError } from "#server/platform/errors.ts";

/** Refuses, with the true number, when it is not the one that was confirmed. Nothing confirmed: any number will do. */
export function requireExpected(expected: number | null | undefined, actual: number): void {
  if (expected !== null && expected !== undefined && expected !== actual) {
    throw new AppError("count_changed", "operations:count_changed", { expected, actual });
  }
}
