import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { filter, selection } from "./filters.ts";
import { actor, id } from "./operations.ts";

const instant = z.iso.datetime();
const day = z.iso.date();
const listName = z.string().trim().min(1).max(100);
const listType = z.enum(["static", "active"]);
const oneList = z.object({ listId: id });
/** Null: at the top, in no folder. */
const place = id.nullable();

const list = z.object({
  id,
  name: z.string(),
  type: listType,
  folderId: place,
  /** Exact for what has been worked in; while `updating`, contacts that changed a moment ago are still to come. */
  members: z.int(),
  updating: z.boolean(),
  /** Joined less left in the last seven days of the account's zone, today included. */
  weekChange: z.int(),
  /** Why an active list cannot be kept right at the moment (its filter names a property that was archived), in the reader's language. */
  problem: z.string().nullable(),
  /** How many things use it: see `listUses`. */
  uses: z.int(),
  createdAt: instant,
  createdBy: actor,
  /** Its name or filter. */
  updatedAt: instant,
  /** The last time somebody joined or left. */
  membersChangedAt: instant.nullable(),
  deletedAt: instant.nullable(),
  /** When a deleted list will be gone for good. */
  purgedAt: instant.nullable(),
});
export type ListRow = z.output<typeof list>;

const fullList = list.extend({
  /** Of an active list; of a static one what it was converted from, null where it always was static. */
  filter: filter.nullable(),
  /** A static list that was active until then. */
  convertedAt: instant.nullable(),
});
export type FullList = z.output<typeof fullList>;

/** The list page. `folderId`: the lists in that folder, `top` those in none; without it, all. */
export const listLists = endpoint({
  method: "GET",
  path: "/api/lists",
  input: z.object({
    query: z.string().max(200).default(""),
    type: listType.optional(),
    folderId: z.union([id, z.literal("top")]).optional(),
    /** Those deleted in the last 90 days instead. */
    deleted: z.enum(["true", "false"]).default("false"),
    sort: z.enum(["name", "type", "members", "createdAt", "updatedAt", "membersChangedAt"]).default("name"),
    direction: z.enum(["asc", "desc"]).default("asc"),
    offset: z.coerce.number().int().min(0).max(100_000).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ lists: z.array(list), total: z.int() }),
});

/** Members are the contacts index with the filter `{propertyName: "lists", operator: "IN_LIST", values: [listId]}`. */
export const showList = endpoint({
  method: "GET",
  path: "/api/lists/:listId",
  input: oneList,
  reply: fullList,
});

/**
 * An active list needs a filter. A static one may start with the contacts of a selection, as an operation;
 * without one it starts empty.
 */
export const createList = endpoint({
  method: "POST",
  path: "/api/lists",
  input: z.object({
    name: listName,
    type: listType,
    folderId: place.default(null),
    filter: filter.optional(),
    selection: selection.optional(),
    /** How many contacts `selection` has; refused with the true number when it differs. */
    expect: z.int().min(0).optional(),
  }),
  reply: z.object({ list: fullList, operationId: id.nullable() }),
});

/** Changes what is named. A new filter is worked in at once: the list is `updating` meanwhile. */
export const updateList = endpoint({
  method: "PATCH",
  path: "/api/lists/:listId",
  input: oneList.extend({ name: listName.optional(), folderId: place.optional(), filter: filter.optional() }),
  reply: fullList,
});

/** Several lists into one folder, or to the top. */
export const moveLists = endpoint({
  method: "POST",
  path: "/api/lists/move",
  input: z.object({ listIds: z.array(id).min(1).max(200), folderId: place }),
  reply: z.object({ moved: z.int() }),
});

/** A list of its own with the same filter or the same members (as an operation). `type` static: its members now. */
export const copyList = endpoint({
  method: "POST",
  path: "/api/lists/:listId/copy",
  input: oneList.extend({ name: listName, type: listType.optional(), folderId: place.optional() }),
  reply: z.object({ list: fullList, operationId: id.nullable() }),
});

/** An active list becomes static with exactly the contacts that match at that moment. */
export const convertList = endpoint({
  method: "POST",
  path: "/api/lists/:listId/convert",
  input: oneList,
  reply: fullList,
});

/**
 * Refused while lists, workflows or saved plans use it (`lists:in_use`), and while only saved views do
 * (`lists:in_use_by_views`) unless `evenIfViews`; `details.uses` says by what.
 */
export const deleteList = endpoint({
  method: "DELETE",
  path: "/api/lists/:listId",
  input: oneList.extend({ evenIfViews: z.enum(["true", "false"]).default("false") }),
  reply: z.object({}),
});

/** For 90 days. `name` where its own has been taken meanwhile (`lists:name_taken`). */
export const restoreList = endpoint({
  method: "POST",
  path: "/api/lists/:listId/restore",
  input: oneList.extend({ name: listName.optional() }),
  reply: fullList,
});

/** How many contacts a filter has right now; with `listId` also who would join and leave that list. */
export const previewList = endpoint({
  method: "POST",
  path: "/api/lists/preview",
  input: z.object({ filter, listId: id.optional() }),
  reply: z.object({ total: z.int(), joining: z.int().nullable(), leaving: z.int().nullable() }),
});

const change = oneList.extend({
  selection,
  /** How many contacts `selection` has; refused with the true number when it differs. */
  expect: z.int().min(0).optional(),
});
const started = z.object({ operationId: id, total: z.int() });

/** Static lists only. Outcomes: added, already_in_list, missing. Can be undone. */
export const addToList = endpoint({
  method: "POST",
  path: "/api/lists/:listId/add",
  input: change,
  reply: started,
});

/** Static lists only. Outcomes: removed, not_in_list. Can be undone. */
export const removeFromList = endpoint({
  method: "POST",
  path: "/api/lists/:listId/remove",
  input: change,
  reply: started,
});

export const listUse = z.object({
  /** What uses it: `view`, `list`, later `workflow` and `plan`. */
  kind: z.string(),
  id,
  /** Null: somebody's own view, which the reader does not see; views that came with the account say so by `key`. */
  name: z.string().nullable(),
  key: z.string().nullable(),
  /** The list cannot be deleted while this uses it. */
  blocks: z.boolean(),
});

export const listUses = endpoint({
  method: "GET",
  path: "/api/lists/:listId/uses",
  input: oneList,
  reply: z.object({ uses: z.array(listUse) }),
});

/** Days of the account's zone from `from` to `to` (both inside), by default the last 90; a day without change is filled in. */
export const listSizes = endpoint({
  method: "GET",
  path: "/api/lists/:listId/sizes",
  input: oneList.extend({ from: day.optional(), to: day.optional() }),
  reply: z.object({
    days: z.array(z.object({ day, members: z.int(), joined: z.int(), left: z.int() })),
  }),
});

/** What was done to a list, and who joined and left it, newest first; one entry for each batch. */
export const listHistory = endpoint({
  method: "GET",
  path: "/api/lists/:listId/history",
  input: oneList.extend({ after: id.optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
  reply: z.object({
    entries: z.array(
      z.object({
        id,
        /** `list.created`, `list.updated`, `list.converted`, `list.deleted`, `list.restored`, `list.joined`, `list.left`. */
        type: z.string(),
        at: instant,
        actor,
        operationId: id.nullable(),
        /** Of an update: `name`, `folderId`, `filter`. */
        changed: z.array(z.string()),
        contacts: z.int(),
        /** The first of them; an empty name where a contact is gone for good. */
        some: z.array(z.object({ id, name: z.string(), isGone: z.boolean() })),
      }),
    ),
    after: id.nullable(),
  }),
});

const explainedCondition = z.object({
  propertyName: z.string(),
  operator: z.string(),
  /** What the condition asks for, as in the filter. */
  values: z.array(z.string()),
  /** The contact's own value as the API writes it; null is "no value", or a condition that is not about one value. */
  value: z.string().nullable(),
  met: z.boolean(),
  /** The lists that a condition on lists names, and whether the contact is in each. */
  lists: z.array(z.object({ id, name: z.string(), member: z.boolean() })),
});

/** Why a contact is, or is not, in a list. */
export const explainMembership = endpoint({
  method: "GET",
  path: "/api/lists/:listId/contacts/:contactId",
  input: oneList.extend({ contactId: id }),
  reply: z.object({
    member: z.boolean(),
    /** Active lists: whether the filter matches now; differs from `member` only while the list is updating. */
    matches: z.boolean().nullable(),
    updating: z.boolean(),
    /** Since when and, for static lists, by whom and through what (`USER_SET`, `CONTACT_IMPORT`, `MERGE`, ...). */
    added: z
      .object({
        at: instant,
        actor: actor.nullable(),
        sourceType: z.string(),
        sourceId: z.string().nullable(),
        operationId: id.nullable(),
      })
      .nullable(),
    /** Groups joined by OR; their conditions by AND. Empty for static lists. */
    groups: z.array(z.object({ met: z.boolean(), conditions: z.array(explainedCondition) })),
  }),
});

export const listsOfContact = endpoint({
  method: "GET",
  path: "/api/contacts/:contactId/lists",
  input: z.object({ contactId: id }),
  reply: z.object({
    lists: z.array(z.object({ id, name: z.string(), type: listType, addedAt: instant })),
  }),
});
