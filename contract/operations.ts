import { z } from "zod";
import { endpoint } from "./endpoint.ts";

export const id = z.string().regex(/^[1-9]\d{0,17}$/);

/** Who did it: a user or token with a name as it is now, the command line, or the system. */
export const actor = z.object({
  type: z.enum(["user", "token", "command", "system", "anonymous"]),
  id: id.nullable(),
  name: z.string().nullable(),
});

/** What set it off; `name` resolves the id where there is something to resolve (a file name, a view). */
export const source = z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() });

export const outcomeCount = z.object({ outcome: z.string(), reason: z.string(), contacts: z.int() });

const operationState = z.enum(["queued", "running", "needs_confirmation", "done", "cancelled", "failed"]);

export const operation = z.object({
  id,
  kind: z.string(),
  state: operationState,
  /** Codes and values of the kind: the filter, the property, the file name, `effectiveAt`. */
  params: z.record(z.string(), z.unknown()),
  source,
  actor,
  total: z.int(),
  done: z.int(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  cancelRequested: z.boolean(),
  failure: z.string().nullable(),
  /** Groups that add up to `done`. */
  outcomes: z.array(outcomeCount),
  undo: z.object({
    possible: z.boolean(),
    /** Why not: `not_undoable`, `not_finished`, `undone`, `too_old`, `nothing_changed`, `not_allowed`. */
    reason: z.string().nullable(),
    /** The last moment of the 90 days. */
    until: z.iso.datetime().nullable(),
    contacts: z.int(),
    /** Contacts would count again, so the number has to be typed. */
    raises: z.boolean(),
  }),
  undoOf: id.nullable(),
  undoneBy: id.nullable(),
});

/** Newest first. */
export const listOperations = endpoint({
  method: "GET",
  path: "/api/operations",
  input: z.object({ after: id.optional(), limit: z.coerce.number().int().min(1).max(100).default(25) }),
  reply: z.object({ operations: z.array(operation), after: id.nullable() }),
});

export const showOperation = endpoint({
  method: "GET",
  path: "/api/operations/:operationId",
  input: z.object({ operationId: id }),
  reply: operation,
});

/** What is done stays done; the reply says how far it got. */
export const cancelOperation = endpoint({
  method: "POST",
  path: "/api/operations/:operationId/cancel",
  input: z.object({ operationId: id }),
  reply: operation,
});

/** An undo is itself an operation. `expect` is the typed number where the undo raises contacts. */
export const undoOperation = endpoint({
  method: "POST",
  path: "/api/operations/:operationId/undo",
  input: z.object({ operationId: id, expect: z.int().min(0).optional() }),
  reply: z.object({ operationId: id }),
});

/** The contacts behind one group of the outcome, or all of them. */
export const listOperationContacts = endpoint({
  method: "GET",
  path: "/api/operations/:operationId/contacts",
  input: z.object({
    operationId: id,
    outcome: z.string().max(50).optional(),
    reason: z.string().max(50).optional(),
    after: id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    contacts: z.array(
      z.object({
        id,
        name: z.string(),
        email: z.string().nullable(),
        outcome: z.string(),
        reason: z.string(),
        deleted: z.boolean(),
      }),
    ),
    after: id.nullable(),
  }),
});
