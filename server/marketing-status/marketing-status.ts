/** What makes a contact marketing, as the API names it. `SYSTEM` is the settling of an update instant. */
export type SourceType =
  | "CONTACT_IMPORT"
  | "CONVERSATION"
  | "FORM_SUBMISSION"
  | "INITIAL_STATE"
  | "INTEGRATOR_SET"
  | "USER_SET"
  | "WORKFLOW"
  | "EMAIL"
  | "SYSTEM";

export interface Source {
  readonly sourceType: SourceType;
  /** Of the import, form, workflow or token; resolved to a name where it is shown. */
  readonly sourceId?: string | null;
}

/** A change of status for many contacts, by an operation or without one. */
export interface StatusChange extends Source {
  readonly ids: readonly string[];
  readonly operationId?: string | null;
  /** Kept in the ledger: why, where it was not simply asked for, such as `protected`. */
  readonly reason?: string;
}

export type Status = "marketing" | "waiting" | "non_marketing";

/** `until` is infinity as the string, an instant, or null without a row. */
export function statusAt(until: Date | "infinity" | null, now: Date): Status {
  if (until === null) return "non_marketing";
  if (until === "infinity") return "marketing";
  return until > now ? "waiting" : "non_marketing";
}

/** Outcomes of acts that have changed a contact's state; their contacts are the scope of an undo. */
export const changingOutcomes: readonly string[] = ["scheduled", "set_marketing", "unscheduled", "undone"];

/** From this many on a raise asks to type the number. */
export const TYPED_RAISE = 25;
