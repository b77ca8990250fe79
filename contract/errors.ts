/** Every refusal a client can receive, with the HTTP status it travels under. */
export const errorStatus = {
  invalid_input: 400,
  signed_out: 401,
  wrong_credentials: 401,
  not_allowed: 403,
  not_found: 404,
  conflict: 409,
  /** The number that was confirmed is not the number it would be now; `details.actual` has the true one. */
  count_changed: 409,
  too_large: 413,
  unsupported: 415,
  /** The account's plan lacks this. */
  plan_required: 403,
  too_many_requests: 429,
  unavailable: 503,
  storage_full: 507,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** The body of every answer that is not 2xx. */
export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode | "internal";
    /** Which refusal it is, stable for programs: the key of its text, such as `contacts:email_taken`. */
    readonly reason: string;
    /** A sentence in the reader's language: what is wrong, where, and what to do. */
    readonly message: string;
    readonly details: Record<string, unknown>;
  };
}
