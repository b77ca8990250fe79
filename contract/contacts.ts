import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { selection } from "./filters.ts";
import { actor, id, source } from "./operations.ts";

const instant = z.iso.datetime();
const propertyName = z.string().min(1).max(100);
/** Values as the API writes them, always text; null is "no value". */
const values = z.record(z.string(), z.string().nullable());
const newValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const newValues = z
  .record(propertyName, newValue)
  .refine((record) => Object.keys(record).length <= 1_000, { message: "contacts:too_many_properties" });
const email = z.string().max(400);
const body = z.string().trim().min(1).max(65_536);
const oneContact = z.object({ contactId: id });

export const contact = z.object({
  /** Differs from the id that was asked for when that contact was merged into this one. */
  id,
  /** Every property of the account. */
  properties: values,
  emails: z.array(z.object({ email: z.string(), primary: z.boolean() })),
  createdAt: instant,
  updatedAt: instant,
  /** Null while the contact lives. */
  deletedAt: instant.nullable(),
  /** When a deleted contact will be gone for good. */
  purgedAt: instant.nullable(),
  /** Restoring it now makes it count again. */
  countsWhenRestored: z.boolean(),
});

export const createContact = endpoint({
  method: "POST",
  path: "/api/contacts",
  input: z.object({
    properties: newValues,
    /** Set as marketing contact at once; needs the permission for it. */
    marketing: z.boolean().default(false),
  }),
  reply: z.object({
    id,
    /** What became of `marketing`: `set_marketing`, or `skipped` with the reason; null when it was not asked. */
    outcome: z.string().nullable(),
    reason: z.string(),
  }),
});

export const showContact = endpoint({
  method: "GET",
  path: "/api/contacts/:contactId",
  input: oneContact,
  reply: contact,
});

/** Writes the named values and leaves the others. A new `email` takes the place of the primary address. */
export const updateContact = endpoint({
  method: "PATCH",
  path: "/api/contacts/:contactId",
  input: oneContact.extend({ properties: newValues }),
  reply: contact,
});

export const addContactEmail = endpoint({
  method: "POST",
  path: "/api/contacts/:contactId/emails",
  input: oneContact.extend({ email }),
  reply: contact,
});

/** When the primary address goes, the oldest of the others takes its place. */
export const removeContactEmail = endpoint({
  method: "DELETE",
  path: "/api/contacts/:contactId/emails/:email",
  input: oneContact.extend({ email }),
  reply: contact,
});

export const promoteContactEmail = endpoint({
  method: "POST",
  path: "/api/contacts/:contactId/emails/:email/promote",
  input: oneContact.extend({ email }),
  reply: contact,
});

export const deleteContact = endpoint({
  method: "DELETE",
  path: "/api/contacts/:contactId",
  input: oneContact,
  reply: z.object({}),
});

export const restoreContact = endpoint({
  method: "POST",
  path: "/api/contacts/:contactId/restore",
  input: oneContact,
  reply: z.object({
    contact,
    /** Addresses that other contacts have taken meanwhile: restored without them, perhaps to be merged. */
    taken: z.array(z.object({ email: z.string(), contactId: id })),
    /** It counted when it was deleted, and there is no room for it now. */
    withoutRoom: z.enum(["held", "refused"]).nullable(),
  }),
});

export const listDeletedContacts = endpoint({
  method: "GET",
  path: "/api/deleted-contacts",
  input: z.object({
    query: z.string().max(200).default(""),
    after: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    contacts: z.array(
      z.object({
        id,
        name: z.string(),
        email: z.string().nullable(),
        deletedAt: instant,
        purgedAt: instant,
        /** Counts again when it is restored now. */
        willCount: z.boolean(),
        operationId: id.nullable(),
      }),
    ),
    after: z.string().nullable(),
  }),
});

/** For good: the person's data goes, the pseudonymous ledger and the hash of a suppression stay. */
export const eraseContact = endpoint({
  method: "POST",
  path: "/api/contacts/:contactId/erase",
  input: oneContact,
  reply: z.object({}),
});

const sides = z.object({ winnerId: id, loserId: id });

const mergeSide = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  createdAt: instant,
  status: z.enum(["marketing", "waiting", "non_marketing"]),
  protected: z.boolean(),
});

export const previewMerge = endpoint({
  method: "POST",
  path: "/api/contacts/merge/preview",
  input: sides,
  reply: z.object({
    winner: mergeSide,
    loser: mergeSide,
    /** Only properties where the two differ. */
    differences: z.array(
      z.object({
        property: z.string(),
        winner: z.string().nullable(),
        loser: z.string().nullable(),
        result: z.string().nullable(),
      }),
    ),
    emails: z.array(z.object({ email: z.string(), primary: z.boolean() })),
    /** Of the result; a protected one is set as non-marketing and may be waiting. */
    status: z.enum(["marketing", "waiting", "non_marketing"]),
    protected: z.boolean(),
    notes: z.int(),
  }),
});

/** Cannot be undone. The loser's id keeps leading to the winner. */
export const mergeContacts = endpoint({
  method: "POST",
  path: "/api/contacts/merge",
  input: sides,
  reply: contact,
});

export const createNote = endpoint({
  method: "POST",
  path: "/api/contacts/:contactId/notes",
  input: oneContact.extend({ body }),
  reply: z.object({ id }),
});

export const updateNote = endpoint({
  method: "PATCH",
  path: "/api/contacts/:contactId/notes/:noteId",
  input: oneContact.extend({ noteId: id, body }),
  reply: z.object({}),
});

export const deleteNote = endpoint({
  method: "DELETE",
  path: "/api/contacts/:contactId/notes/:noteId",
  input: oneContact.extend({ noteId: id }),
  reply: z.object({}),
});

export const timelineKinds = ["change", "status", "fact", "note", "merge"] as const;

/** One thing that happened to a contact. Which fields are filled follows from `kind`. */
const timelineEntry = z.object({
  kind: z.enum(timelineKinds),
  /** Unique within its kind. */
  id: z.string(),
  at: instant,
  actor,
  source,
  operationId: id.nullable(),
  /** `change`: values by property, before and after. */
  oldValues: values.nullable(),
  newValues: values.nullable(),
  /** `status`: the ledger's kind. `fact`: opt_out, bounce, complaint. */
  code: z.string().nullable(),
  /** `status`: when it takes effect. */
  effectiveAt: instant.nullable(),
  /** `status`: 1, 0 or -1 towards usage. */
  delta: z.int().nullable(),
  reason: z.string(),
  /** `note`. */
  body: z.string().nullable(),
  updatedAt: instant.nullable(),
  /** `merge`: the id that was merged into this contact. */
  mergedId: id.nullable(),
});

export type TimelineEntry = z.output<typeof timelineEntry>;

/** Newest first. */
export const showTimeline = endpoint({
  method: "GET",
  path: "/api/contacts/:contactId/timeline",
  input: oneContact.extend({
    /** All kinds, or some of them, separated by commas. */
    kinds: z.string().max(100).optional(),
    after: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({ entries: z.array(timelineEntry), after: z.string().nullable() }),
});

const bulk = z.object({
  selection,
  /** How many contacts the person confirmed; refused with the true number when it differs. */
  expect: z.int().min(0).optional(),
});
const started = z.object({ operationId: id, total: z.int() });

export const startEditProperty = endpoint({
  method: "POST",
  path: "/api/contacts/bulk/edit-property",
  input: bulk.extend({ property: propertyName, value: newValue }),
  reply: started,
});

export const startDeleteContacts = endpoint({
  method: "POST",
  path: "/api/contacts/bulk/delete",
  input: bulk,
  reply: started,
});
