import { z } from "zod";
import { filter } from "./filters.ts";
import { id } from "./operations.ts";
import { permissions } from "./permissions.ts";

/** What a workflow does, as people build it: who enters, what happens step by step, who leaves. */

/** A step's own name in one definition; it stays the same through edits, so that histories of versions compare. */
const stepId = z.string().regex(/^[a-z0-9]{1,12}$/);
/** Where the way goes on; null ends it. */
const next = stepId.nullable().default(null);
/*
 * What has not been chosen or written yet is empty: people save what they have so far, and `check-definition.ts` says
 * what is missing before it can be turned on.
 */
const name = z.string().trim().max(100);
const propertyName = z.string().max(100);
const chosenId = z.union([id, z.literal("")]);
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Monday is 1, as in ISO 8601. */
const weekday = z.int().min(1).max(7);

const duration = z.object({
  amount: z.int().min(1).max(3_650),
  unit: z.enum(["minutes", "hours", "days", "weeks"]),
});

/** Something that happens to a contact. A filter is met when it becomes true for the contact. */
const happening = z.discriminatedUnion("type", [
  z.object({ type: z.literal("filter_met"), filter }),
  z.object({ type: z.literal("joined_list"), listId: chosenId }),
  z.object({ type: z.literal("left_list"), listId: chosenId }),
  z.object({ type: z.literal("contact_created") }),
  z.object({
    type: z.literal("property_changed"),
    propertyName,
    /** Only a change to this value; without it any change. */
    value: z.string().max(3_000).optional(),
  }),
  z.object({
    type: z.literal("status_changed"),
    to: z.enum(["marketing", "waiting", "non_marketing"]),
  }),
  z.object({ type: z.literal("opted_out") }),
  z.object({ type: z.literal("bounced") }),
  z.object({ type: z.literal("complained") }),
]);

const statusOutcome = z.enum(["set", "already", "protected", "pinned", "held", "refused", "paused"]);

const setStatus = z.object({
  type: z.literal("set_status"),
  value: z.enum(["marketing", "non_marketing"]),
  /**
   * Outcomes that go a way of their own; all others go on with `next`. Without one, `held` waits at the step until it is
   * approved or declined, and `paused` until somebody lets the workflow go on.
   */
  branches: z.partialRecord(statusOutcome, stepId.nullable()).default({}),
  next,
});

const setProperty = z.object({
  type: z.literal("set_property"),
  propertyName,
  value: z.string().max(65_536),
  next,
});
const copyProperty = z.object({
  type: z.literal("copy_property"),
  from: propertyName,
  to: propertyName,
  next,
});
const clearProperty = z.object({ type: z.literal("clear_property"), propertyName, next });
const addToList = z.object({ type: z.literal("add_to_list"), listId: chosenId, next });
const removeFromList = z.object({ type: z.literal("remove_from_list"), listId: chosenId, next });

/** The first branch whose filter matches, else `next`. */
const branch = z.object({
  type: z.literal("branch"),
  branches: z.array(z.object({ name, filter, next })).min(1).max(20),
  next,
});

/** By chance, in these shares of a hundred; a contact takes the same way each time it comes by. */
const split = z.object({
  type: z.literal("split"),
  parts: z
    .array(z.object({ name, percent: z.int().min(1).max(99), next }))
    .min(2)
    .max(10),
});

const delay = z.object({
  type: z.literal("delay"),
  until: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("passed"), ...duration.shape }),
    z.object({ kind: z.literal("date"), date: z.iso.date(), time: localTime.default("00:00") }),
    /** A date property of the contact, so many days later (or, below 0, earlier). */
    z.object({
      kind: z.literal("property"),
      propertyName,
      days: z.int().min(-3_650).max(3_650).default(0),
      time: localTime.default("00:00"),
    }),
    z.object({ kind: z.literal("weekday"), weekdays: z.array(weekday).min(1).max(7), time: localTime }),
    /** Goes on with `next` when it happens, with `timedOut` when the limit has passed. */
    z.object({ kind: z.literal("happening"), happening, limit: duration, timedOut: next }),
  ]),
  next,
});

/** Told in the app, and by mail where mail is set up. Names of properties in braces are filled in: {firstname}. */
const notifyPeople = z.object({
  type: z.literal("notify"),
  to: z.union([
    z.object({ userIds: z.array(id).max(50) }),
    z.object({ permission: z.enum(permissions) }),
    z.object({ owner: z.literal(true) }),
  ]),
  title: z.string().trim().max(200),
  text: z.string().trim().max(2_000).default(""),
  mail: z.boolean().default(false),
  next,
});

/** A signed POST. As a marketing tool it skips non-marketing contacts, who take the way `skipped`. */
const webhook = z.object({
  type: z.literal("webhook"),
  url: z.string().trim().max(2_000),
  properties: z.array(propertyName).max(100).default([]),
  marketingTool: z.boolean().default(false),
  skipped: next,
  next,
});

const enroll = z.object({ type: z.literal("enroll"), workflowId: chosenId, next });
const goTo = z.object({ type: z.literal("go_to"), step: stepId });
const end = z.object({ type: z.literal("end") });

const action = z.discriminatedUnion("type", [
  setStatus,
  setProperty,
  copyProperty,
  clearProperty,
  addToList,
  removeFromList,
  branch,
  split,
  delay,
  notifyPeople,
  webhook,
  enroll,
  goTo,
  end,
]);

const step = z.intersection(z.object({ id: stepId, name: z.string().trim().max(100).default("") }), action);

export const workflowDefinition = z.object({
  /** Any of these brings a contact in. Without one only people and the API do. */
  triggers: z.array(happening).max(10).default([]),
  /** May a contact that has been through enter again? `on` names the triggers that may bring it in anew. */
  reenroll: z
    .object({ manual: z.boolean().default(true), on: z.array(z.int().min(0).max(9)).max(10).default([]) })
    .default({ manual: true, on: [] }),
  /** Members of these lists never enter, and leave when they join one. */
  suppressionListIds: z.array(id).max(20).default([]),
  /** Whoever meets it leaves. */
  unenroll: filter.nullable().default(null),
  /** Whoever meets it has reached the goal and leaves. */
  goal: filter.nullable().default(null),
  /** Actions run only within these days and hours of the account's zone; null is always. */
  window: z
    .object({ weekdays: z.array(weekday).min(1).max(7), from: localTime, to: localTime })
    .nullable()
    .default(null),
  start: next,
  steps: z.array(step).max(200).default([]),
});

export type Happening = z.output<typeof happening>;
export type StatusOutcome = z.output<typeof statusOutcome>;
export type Step = z.output<typeof step>;
export type StepOf<Type extends Step["type"]> = Extract<Step, { type: Type }>;
export type Duration = z.output<typeof duration>;
export type Delay = StepOf<"delay">["until"];
export type ExecutionWindow = NonNullable<z.output<typeof workflowDefinition>["window"]>;
export type WorkflowDefinition = z.output<typeof workflowDefinition>;
