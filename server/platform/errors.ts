import type { ErrorCode } from "#contract/errors.ts";

/**
 * An expected "no". Anything else thrown is a bug and answers 500.
 * `reason` is the key of its text (`feature:key` in server/locales); `details` fill that text and travel with it,
 * so a sentence always reaches its reader in the reader's language.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, reason: string, details: Record<string, unknown> = {}) {
    super(`${code}: ${reason}`);
    this.name = "AppError";
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}

/** A command that was written wrongly: exit code 2, as for an unknown option. */
export class WrongUseError extends AppError {
  constructor(reason: string, details: Record<string, unknown> = {}) {
    super("invalid_input", reason, details);
    this.name = "WrongUseError";
  }
}
