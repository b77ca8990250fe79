import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id } from "./operations.ts";
import { workflowDefinition } from "./workflow-definition.ts";

const instant = z.iso.datetime();
const oneWorkflow = z.object({ workflowId: id });

/** Words of the contact's name, address or company. */
const query = z.string().max(200).default("");

const enrollmentState = z.enum(["active", "waiting", "retrying", "parked", "finished", "left"]);

/** Who is where. Newest first. */
export const listEnrollments = endpoint({
  method: "GET",
  path: "/api/workflows/:workflowId/enrollments",
  input: oneWorkflow.extend({
    query,
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
        /** What brought it in: a trigger's place, `manual`, `api`, `workflow`. */
        cause: z.string(),
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
  /** Of a branch: the contact's values by which it was decided, as they were then; long ones are cut at 200 characters. */
  read: z.array(z.object({ propertyName: z.string(), value: z.string().nullable() })),
  attempt: z.int(),
  operationId: id.nullable(),
});

/** Newest first. */
export const listWorkflowHistory = endpoint({
  method: "GET",
  path: "/api/workflows/:workflowId/history",
  input: oneWorkflow.extend({
    query,
    step: z.string().max(12).optional(),
    kind: historyEntry.shape.kind.optional(),
    outcome: z.string().max(50).optional(),
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
  input: oneWorkflow.extend({ days: z.coerce.number().int().min(1).max(366).default(90) }),
  reply: z.object({
    steps: z.array(z.object({ step: z.string(), outcome: z.string(), contacts: z.int() })),
    /** Who stands where now, in which version. */
    inside: z.array(
      z.object({ step: z.string(), version: z.int(), state: enrollmentState, contacts: z.int() }),
    ),
    /** Since it was first turned on. */
    total: z.object({ enrolled: z.int(), finished: z.int(), left: z.int() }),
    /** Every day of the account from the first on which something happened; `active` at its end, parked ones included. */
    days: z.array(
      z.object({
        day: z.iso.date(),
        enrolled: z.int(),
        finished: z.int(),
        left: z.int(),
        /** Began to be retried, and were parked, that day. */
        retrying: z.int(),
        parked: z.int(),
        active: z.int(),
      }),
    ),
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
        id,
        workflow: z.object({ id, name: z.string(), deleted: z.boolean() }),
        version: z.int(),
        state: enrollmentState,
        step: z.string(),
        cause: z.string(),
        reason: z.string().nullable(),
        dueAt: instant.nullable(),
        enrolledAt: instant,
        endedAt: instant.nullable(),
        entries: z.array(historyEntry),
      }),
    ),
    /** What the versions they are in do, once each. */
    definitions: z.array(z.object({ workflowId: id, version: z.int(), definition: workflowDefinition })),
  }),
});
