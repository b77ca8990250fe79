import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id } from "./operations.ts";

const instant = z.iso.datetime();
const oneWorkflow = z.object({ workflowId: id });

const enrollmentState = z.enum(["active", "waiting", "retrying", "parked", "finished", "left"]);

/** Who is where. Newest first. */
export const listEnrollments = endpoint({
  method: "GET",
  path: "/api/workflows/:workflowId/enrollments",
  input: oneWorkflow.extend({
    state: enrollmentState.optional(),
    step: z.string().max(12).optional(),
    after: id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    enrollments: z.array(
      z.object({
        id,
        contact: z.object({ id, name: z.string(), email: z.string().nullable(), deleted: z.boolean() }),
        version: z.int(),
        state: enrollmentState,
        step: z.string(),
        /** Why it is retried, parked, or has left: a sentence. */
        reason: z.string().nullable(),
        dueAt: instant.nullable(),
        tries: z.int(),
        enrolledAt: instant,
        endedAt: instant.nullable(),
      }),
    ),
    after: id.nullable(),
  }),
});

export const historyEntry = z.object({
  id,
  enrollmentId: id,
  contact: z.object({ id, name: z.string(), deleted: z.boolean() }),
  workflow: z.object({ id, name: z.string() }),
  version: z.int(),
  step: z.string(),
  /** What the step is, as its version says. */
  action: z.string().nullable(),
  at: instant,
  kind: z.enum(["enrolled", "done", "info", "parked", "finished", "left"]),
  outcome: z.string(),
  /** A sentence, where it could not be done: why, and when it is tried again. */
  message: z.string().nullable(),
  nextTry: instant.nullable(),
  attempt: z.int(),
  operationId: id.nullable(),
});

/** Newest first. */
export const listWorkflowHistory = endpoint({
  method: "GET",
  path: "/api/workflows/:workflowId/history",
  input: oneWorkflow.extend({
    step: z.string().max(12).optional(),
    kind: historyEntry.shape.kind.optional(),
    contactId: id.optional(),
    after: id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ entries: z.array(historyEntry), after: id.nullable() }),
});

/** Per step and outcome, of the version that runs or ran last, and over time. */
export const showWorkflowNumbers = endpoint({
  method: "GET",
  path: "/api/workflows/:workflowId/numbers",
  input: oneWorkflow,
  reply: z.object({
    steps: z.array(z.object({ step: z.string(), outcome: z.string(), contacts: z.int() })),
    /** Who stands where now. */
    inside: z.array(z.object({ step: z.string(), state: enrollmentState, contacts: z.int() })),
    days: z.array(z.object({ day: z.iso.date(), enrolled: z.int(), finished: z.int(), left: z.int() })),
  }),
});

/** Tries those again that are parked: all, of one step, or these. */
export const retryParked = endpoint({
  method: "POST",
  path: "/api/workflows/:workflowId/retry",
  input: oneWorkflow.extend({
    step: z.string().max(12).optional(),
    enrollmentIds: z.array(id).max(10_000).optional(),
  }),
  reply: z.object({ retried: z.int() }),
});

/** A contact's ways through workflows, newest first. */
export const listContactWorkflows = endpoint({
  method: "GET",
  path: "/api/contacts/:contactId/workflows",
  input: z.object({ contactId: id }),
  reply: z.object({
    enrollments: z.array(
      z.object({
        workflow: z.object({ id, name: z.string() }),
        state: enrollmentState,
        step: z.string(),
        reason: z.string().nullable(),
        dueAt: instant.nullable(),
        enrolledAt: instant,
        endedAt: instant.nullable(),
        entries: z.array(historyEntry),
      }),
    ),
  }),
});
