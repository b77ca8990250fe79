import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { selection } from "./filters.ts";
import { actor, id } from "./operations.ts";

const propertyType = z.enum(["string", "number", "bool", "date", "datetime", "enumeration"]);

/** What a column of the file becomes. */
const target = z.discriminatedUnion("to", [
  z.object({ to: z.literal("skip") }),
  z.object({ to: z.literal("property"), name: z.string().min(1).max(100) }),
  /** A custom property made when the import is checked. */
  z.object({ to: z.literal("new"), label: z.string().trim().min(1).max(100), type: propertyType }),
  /** The contact's id in this account, for matching. */
  z.object({ to: z.literal("id") }),
  /** Marketing contact status and "until next update" of the row, used when `status` is `column`. */
  z.object({ to: z.literal("status") }),
  z.object({ to: z.literal("until") }),
  /** Facts that protect: yes or no, a reason, or the moment. */
  z.object({ to: z.literal("opt_out") }),
  z.object({ to: z.literal("bounce") }),
]);
export type Target = z.output<typeof target>;

/** How the file is to be imported. */
const plan = z.object({
  columns: z.array(target).min(1).max(1000),
  /** `email`, `id`, or the name of a unique property. */
  match: z.string().min(1).max(100).default("email"),
  mode: z.enum(["create", "update", "both"]).default("both"),
  /** Who is set as marketing: nobody, new contacts, new and matched ones, or as a column of the file says. */
  status: z.enum(["nobody", "new", "all", "column"]).default("nobody"),
  /** Also raise contacts that are protected. */
  includeProtected: z.boolean().default(false),
  /** A row whose e-mail field is no address is imported without one instead of being rejected. */
  withoutAddress: z.boolean().default(false),
  /** Of several rows with the same address the last one counts, not the first. */
  lastWins: z.boolean().default(false),
  decimal: z.enum([",", "."]).default("."),
  dateOrder: z.enum(["dmy", "mdy"]).default("dmy"),
  /** A static list to which every contact of the file is added: created, updated and unchanged ones. */
  listId: id.nullable().default(null),
});
export type Plan = z.output<typeof plan>;

/** What the file holds: found at upload, before anybody decides anything. */
const fileShape = z.object({
  encoding: z.string(),
  delimiter: z.string().nullable(),
  /** Whether the first record names the columns. */
  header: z.boolean(),
  columns: z.array(z.string()),
  /** What type a column's first values have: for a property made of it. */
  guesses: z.array(propertyType),
  /** The first rows, as they stand in the file. */
  preview: z.array(z.object({ line: z.int(), values: z.array(z.string()) })),
});

/** Counts of rows that add up: created + updated + unchanged + rejected = rows. */
const tally = z.object({
  rows: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  /** Contacts set as marketing, those held back by protection or a pin, and those without room; all among the four above. */
  raised: z.int(),
  protected: z.int(),
  /** Wait for approval. */
  held: z.int(),
  /** Not raised: the account refuses what has no room. */
  refused: z.int(),
});
export type Tally = z.output<typeof tally>;

const importState = z.enum([
  "uploading",
  "uploaded",
  "reading",
  "ready",
  "running",
  "done",
  "cancelled",
  "failed",
]);

const importView = z.object({
  id,
  fileName: z.string(),
  state: importState,
  bytes: z.int(),
  /** Why it failed, in the reader's language. */
  failure: z.string().nullable(),
  createdAt: z.iso.datetime(),
  actor,
  shape: fileShape.nullable(),
  /** The plan that is proposed or was chosen. */
  plan: plan.nullable(),
  /** 0 to 1: of the bytes while reading, of the rows while running. */
  progress: z.number(),
  /** The dry run: what the import would do now. */
  forecast: tally.extend({ createdWithoutAddress: z.int() }).nullable(),
  usage: z
    .object({
      now: z.int(),
      after: z.int(),
      contactLimit: z.int().nullable(),
      maximum: z.int().nullable(),
    })
    .nullable(),
  /** What it did so far. */
  result: tally.nullable(),
  /** Rows not reached, when it was cancelled. */
  notReached: z.int(),
  /** Rejected rows by reason; `open` are those that no retry has taken up. */
  rejections: z.array(z.object({ code: z.string(), rows: z.int(), open: z.int(), label: z.string() })),
  operationId: id.nullable(),
  undo: z.object({ possible: z.boolean(), reason: z.string().nullable(), contacts: z.int() }).nullable(),
  undoneBy: id.nullable(),
  retryOf: id.nullable(),
  retries: z.array(z.object({ id, rows: z.int() })),
});
export type ImportView = z.output<typeof importView>;

const oneImport = z.object({ importId: id });

/** Newest first. */
export const listImports = endpoint({
  method: "GET",
  path: "/api/imports",
  input: z.object({ after: id.optional(), limit: z.coerce.number().int().min(1).max(100).default(25) }),
  reply: z.object({
    imports: z.array(
      z.object({
        id,
        fileName: z.string(),
        state: importState,
        createdAt: z.iso.datetime(),
        actor,
        result: tally.nullable(),
        rows: z.int().nullable(),
        retryOf: id.nullable(),
      }),
    ),
    after: id.nullable(),
  }),
});

export const showImport = endpoint({
  method: "GET",
  path: "/api/imports/:importId",
  input: oneImport,
  reply: importView,
});

/** The body is the file itself; the answer has its shape and a proposed plan. */
export const uploadImport = endpoint({
  method: "POST",
  path: "/api/imports",
  input: z.object({ fileName: z.string().min(1).max(255) }),
  reply: importView,
});

/** Fixes the plan and reads the whole file (pass 1): rejections and dry run follow when it is `ready`. */
export const checkImport = endpoint({
  method: "POST",
  path: "/api/imports/:importId/check",
  input: oneImport.extend({ plan }),
  reply: importView,
});

/** Starts pass 2. `expect` is the number of contacts that will be raised, needed where it is not 0. */
export const startImport = endpoint({
  method: "POST",
  path: "/api/imports/:importId/start",
  input: oneImport.extend({ expect: z.int().min(0).optional() }),
  reply: importView,
});

export const deleteImport = endpoint({
  method: "DELETE",
  path: "/api/imports/:importId",
  input: oneImport,
  reply: z.object({}),
});

const rejection = z.object({
  line: z.int(),
  code: z.string(),
  /** Why, in the reader's language. */
  reason: z.string(),
  /** The column that is to blame; null when the row as a whole is. */
  column: z.int().nullable(),
  /** The row as it stands in the file; empty while it is being fetched. */
  values: z.array(z.string()),
  /** The import that retried this row. */
  retriedIn: id.nullable(),
});
export type RejectionView = z.output<typeof rejection>;

export const listRejections = endpoint({
  method: "GET",
  path: "/api/imports/:importId/rejections",
  input: oneImport.extend({
    code: z.string().max(50).optional(),
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  reply: z.object({ rejections: z.array(rejection), after: z.int().nullable() }),
});

/** Rejected rows with a reason column in the reader's language. */
export const downloadRejections = endpoint({
  method: "GET",
  path: "/api/imports/:importId/rejections.csv",
  input: oneImport,
  reply: z.string(),
});

/** Imports these rows alone, with the same plan, under their own line numbers. */
export const retryRows = endpoint({
  method: "POST",
  path: "/api/imports/:importId/retry",
  input: oneImport.extend({
    rows: z
      .array(z.object({ line: z.int(), column: z.int().min(0).nullable(), value: z.string().max(65_536) }))
      .max(10_000)
      .default([]),
    /** All rows rejected with this code, without the value to blame. */
    withoutCode: z.string().max(50).optional(),
  }),
  reply: z.object({ importId: id, rows: z.int() }),
});

/** Fixes what is exported; the file is then fetched by its id. */
export const createExport = endpoint({
  method: "POST",
  path: "/api/exports",
  input: z.object({
    selection,
    /** Property names; without them every property that holds something a person reads. */
    columns: z.array(z.string().min(1).max(100)).min(1).max(500).optional(),
  }),
  reply: z.object({ exportId: id }),
});

export const downloadExport = endpoint({
  method: "GET",
  path: "/api/exports/:exportId/contacts.csv",
  input: z.object({ exportId: id }),
  reply: z.string(),
});
