import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { selection } from "./filters.ts";
import { id, outcomeCount } from "./operations.ts";
import { workflowDefinition } from "./workflow-definition.ts";

const instant = z.iso.datetime();
const workflowName = z.string().trim().min(1).max(100);
const folder = z.string().trim().max(100);
const oneWorkflow = z.object({ workflowId: id });

const workflowTemplates = ["blank", "unsubscribed", "form", "gone_quiet", "customer"] as const;
export type WorkflowTemplate = (typeof workflowTemplates)[number];

const workflowState = z.enum(["draft", "on", "off", "paused"]);

const workflowRow = z.object({
  id,
  name: z.string(),
  folder: z.string(),
  owner: z.object({ id, name: z.string() }),
  state: workflowState,
  /** `owner_without_right`: taken over; `plan`: resumed when the plan has workflows again. */
  pauseReason: z.string().nullable(),
  /** The version that runs or ran last. */
  version: z.int().nullable(),
  /** Entered so far; those inside are under way (`active`), at a delay, being retried, or parked for a person. */
  enrolled: z.int(),
  active: z.int(),
  waiting: z.int(),
  retrying: z.int(),
  parked: z.int(),
  changedAt: instant,
  changedBy: z.string().nullable(),
});
export type WorkflowRow = z.output<typeof workflowRow>;

/** What must be mended before it can be turned on. */
const problem = z.object({
  /** Null: of the whole. */
  step: z.string().nullable(),
  field: z.string(),
  /** A sentence in the reader's language. */
  message: z.string(),
});
export type WorkflowProblem = z.output<typeof problem>;

export const workflowView = workflowRow.extend({
  draft: workflowDefinition,
  revision: z.int(),
  /** The draft is what runs. */
  draftRuns: z.boolean(),
  problems: z.array(problem),
});

export const listWorkflows = endpoint({
  method: "GET",
  path: "/api/workflows",
  input: z.object({ query: z.string().max(200).default(""), folder: folder.optional() }),
  reply: z.object({
    /** The account's plan has workflows. */
    included: z.boolean(),
    workflows: z.array(workflowRow),
    folders: z.array(z.string()),
  }),
});

export const createWorkflow = endpoint({
  method: "POST",
  path: "/api/workflows",
  input: z.object({
    name: workflowName,
    folder: folder.default(""),
    template: z.enum(workflowTemplates).default("blank"),
  }),
  reply: workflowView,
});

export const showWorkflow = endpoint({
  method: "GET",
  path: "/api/workflows/:workflowId",
  input: oneWorkflow,
  reply: workflowView,
});

export const renameWorkflow = endpoint({
  method: "PATCH",
  path: "/api/workflows/:workflowId",
  input: oneWorkflow.extend({ name: workflowName.optional(), folder: folder.optional() }),
  reply: workflowView,
});

/** Refused with `conflict` when somebody has saved since `revision`. What is wrong with it is told, not refused. */
export const saveDraft = endpoint({
  method: "PUT",
  path: "/api/workflows/:workflowId/draft",
  input: oneWorkflow.extend({ revision: z.int().min(1), definition: workflowDefinition }),
  reply: workflowView,
});

export const cloneWorkflow = endpoint({
  method: "POST",
  path: "/api/workflows/:workflowId/clone",
  input: oneWorkflow.extend({ name: workflowName }),
  reply: workflowView,
});

/** Those inside leave. */
export const deleteWorkflow = endpoint({
  method: "DELETE",
  path: "/api/workflows/:workflowId",
  input: oneWorkflow,
  reply: z.object({}),
});

/** Turns the draft on as a new version. Those inside an older version go on with it as they began. */
export const turnOnWorkflow = endpoint({
  method: "POST",
  path: "/api/workflows/:workflowId/turn-on",
  input: oneWorkflow.extend({
    revision: z.int().min(1),
    /** Also those who meet a trigger already. */
    enrollExisting: z.boolean().default(false),
  }),
  reply: workflowView,
});

/** Nobody enters any more. Those inside wait where they are until it is on again, or leave. */
export const turnOffWorkflow = endpoint({
  method: "POST",
  path: "/api/workflows/:workflowId/turn-off",
  input: oneWorkflow.extend({ inside: z.enum(["wait", "leave"]).default("wait") }),
  reply: workflowView,
});

/** It acts in the asker's name from now on; where it was paused for its owner's rights, it goes on. */
export const takeOverWorkflow = endpoint({
  method: "POST",
  path: "/api/workflows/:workflowId/take-over",
  input: oneWorkflow,
  reply: workflowView,
});

/** Goes on as it stood when its account's plan fell; refused while the plan lacks workflows. */
export const resumeWorkflow = endpoint({
  method: "POST",
  path: "/api/workflows/:workflowId/resume",
  input: oneWorkflow,
  reply: workflowView,
});

/** What a definition would do to those who meet a trigger now, and whom it would leave out. */
export const priceWorkflow = endpoint({
  method: "POST",
  path: "/api/workflows/:workflowId/price",
  input: oneWorkflow.extend({ definition: workflowDefinition }),
  reply: z.object({
    /** Null: nobody meets it by what they are now; it waits for things to happen. */
    enrolls: z.int().nullable(),
    /** By step: how many come there, and what becomes of them where it sets their status. `about`: by chance. */
    steps: z.record(
      z.string(),
      z.object({ contacts: z.int(), about: z.boolean(), outcomes: z.array(outcomeCount) }),
    ),
    /** So many at once are too fast: the source is paused before it changes more than the threshold in an hour. */
    spike: z
      .object({ direction: z.enum(["raise", "lower"]), contacts: z.int(), threshold: z.int() })
      .nullable(),
    usage: z.object({
      now: z.int(),
      /** Right after, and at the next update. */
      after: z.int(),
      atUpdate: z.int(),
      nextUpdate: instant,
      contactLimit: z.int().nullable(),
      maximum: z.int().nullable(),
    }),
  }),
});

export const enrollInWorkflow = endpoint({
  method: "POST",
  path: "/api/workflows/:workflowId/enroll",
  input: oneWorkflow.extend({ selection }),
  reply: z.object({ operationId: id }),
});

/** Takes these contacts out, or all who are parked (at a step). */
export const unenrollFromWorkflow = endpoint({
  method: "POST",
  path: "/api/workflows/:workflowId/unenroll",
  input: oneWorkflow
    .extend({
      contactIds: z.array(id).min(1).max(10_000).optional(),
      parked: z.object({ step: z.string().max(12).optional() }).optional(),
    })
    .refine(
      ({ contactIds, parked }) => (contactIds === undefined) !== (parked === undefined),
      "workflows:unenroll_one",
    ),
  reply: z.object({ left: z.int() }),
});

/** What a definition would do with one contact as it is now. Nothing is done. */
export const testWorkflow = endpoint({
  method: "POST",
  path: "/api/workflows/:workflowId/test",
  input: oneWorkflow.extend({ definition: workflowDefinition, contactId: id }),
  reply: z.object({
    /** Null: it meets no trigger by what it is now. */
    trigger: z.int().nullable(),
    path: z.array(
      z.object({ step: z.string(), outcome: z.string(), way: z.string(), until: instant.nullable() }),
    ),
  }),
});

export const listWorkflowVersions = endpoint({
  method: "GET",
  path: "/api/workflows/:workflowId/versions",
  input: oneWorkflow,
  reply: z.object({
    versions: z.array(
      z.object({
        version: z.int(),
        definition: workflowDefinition,
        madeAt: instant,
        madeBy: z.string().nullable(),
        /** Contacts still going through it. */
        inside: z.int(),
      }),
    ),
  }),
});
