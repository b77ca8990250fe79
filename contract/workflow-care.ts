import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id } from "./operations.ts";

const oneWorkflow = z.object({ workflowId: id });

/**
 * Has contacts that have been through start again at a step of the version that runs now. Each of them as its last time
 * in the workflow ended, or stands parked; a new time begins, the old one stays in the history.
 */
export const replayWorkflow = endpoint({
  method: "POST",
  path: "/api/workflows/:workflowId/replay",
  input: oneWorkflow.extend({
    step: z.string().min(1).max(12),
    states: z
      .array(z.enum(["finished", "left", "parked"]))
      .min(1)
      .default(["finished", "left", "parked"]),
    /** Only those whose last time ended, or is parked, at this step. */
    endedAt: z.string().max(12).optional(),
    contactIds: z.array(id).min(1).max(10_000).optional(),
  }),
  reply: z.object({ operationId: id, total: z.int() }),
});

const settings = z.object({
  /** How long the history of what happened to whom is kept; where contacts are, and the numbers, stay. */
  historyDays: z.int().min(7).max(3_650),
});

export const showWorkflowSettings = endpoint({
  method: "GET",
  path: "/api/workflow-settings",
  input: z.object({}),
  reply: settings,
});

export const changeWorkflowSettings = endpoint({
  method: "PATCH",
  path: "/api/workflow-settings",
  input: settings,
  reply: settings,
});

/** What the account's receivers check webhooks with; it stays the same. */
export const showWebhookSecret = endpoint({
  method: "GET",
  path: "/api/workflow-settings/webhook-secret",
  input: z.object({}),
  reply: z.object({
    /** The key of the HMAC-SHA256 over `<seconds>.<body>`, as text. */
    secret: z.string(),
    /** The header that carries `t=<seconds>,v1=<the HMAC in hex>`. */
    header: z.string(),
  }),
});
