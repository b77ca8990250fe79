import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { filter } from "./filters.ts";
import { id } from "./operations.ts";

const propertyName = z.string().min(1).max(100);
const columns = z.array(propertyName).max(60);
/** By a property, or by `name`: first and last name as they are shown. */
const sort = z.object({ propertyName, direction: z.enum(["asc", "desc"]) });
const query = z.string().max(200).default("");

const contactRow = z.object({
  id,
  /** The requested properties as the API writes them; null is "no value". */
  properties: z.record(z.string(), z.string().nullable()),
  status: z.enum(["marketing", "waiting", "non_marketing"]),
  /** When a waiting contact stops counting. */
  until: z.iso.datetime().nullable(),
});

/** A page of the index. Newest first without `sort`. Contacts without a value come last in either direction. */
export const searchContacts = endpoint({
  method: "POST",
  path: "/api/contacts/search",
  input: z.object({
    filter: filter.default({ filterGroups: [] }),
    query,
    sort: sort.optional(),
    /** Where the last page ended, under the same `sort`. */
    after: z.string().max(12_000).optional(),
    limit: z.int().min(1).max(200).default(50),
    properties: columns.default([]),
  }),
  reply: z.object({ contacts: z.array(contactRow), after: z.string().nullable() }),
});

export const countContacts = endpoint({
  method: "POST",
  path: "/api/contacts/count",
  input: z.object({ filter: filter.default({ filterGroups: [] }), query }),
  reply: z.object({ total: z.int() }),
});

/** What people filter by besides properties; their labels and those of their options are texts of the screens. */
export const listFilterSources = endpoint({
  method: "GET",
  path: "/api/filter-sources",
  input: z.object({}),
  reply: z.object({
    sources: z.array(
      z.object({
        name: z.string(),
        /** `list`: values are the ids of lists, operators IN_LIST and NOT_IN_LIST. */
        type: z.enum(["string", "number", "bool", "date", "datetime", "enumeration", "list"]),
        multiple: z.boolean(),
        options: z.array(z.string()),
      }),
    ),
  }),
});

const defaultViewKeys = [
  "all",
  "marketing",
  "waiting",
  "non-marketing",
  "unsubscribed-or-bounced",
  "customers",
] as const;

const viewName = z.string().trim().min(1).max(100);
const viewContent = z.object({
  name: viewName,
  shared: z.boolean(),
  filter,
  /** Null: the columns that everybody starts with. */
  columns: columns.nullable(),
  sort: sort.nullable(),
});

export const view = viewContent.extend({
  id,
  /** Views that come with the account have a key; it names them by a text until somebody gives them a name. */
  key: z.enum(defaultViewKeys).nullable(),
  name: z.string(),
  /** Whether the reader may rename, save and delete it. */
  editable: z.boolean(),
  mine: z.boolean(),
});

/** Those shared in the account and the reader's own, in the order of the tabs. */
export const listViews = endpoint({
  method: "GET",
  path: "/api/views",
  input: z.object({}),
  reply: z.object({ views: z.array(view) }),
});

export const createView = endpoint({
  method: "POST",
  path: "/api/views",
  input: viewContent,
  reply: view,
});

export const updateView = endpoint({
  method: "PATCH",
  path: "/api/views/:viewId",
  input: viewContent.partial().extend({ viewId: id }),
  reply: view,
});

export const deleteView = endpoint({
  method: "DELETE",
  path: "/api/views/:viewId",
  input: z.object({ viewId: id }),
  reply: z.object({}),
});

/** The tabs from first to last; views that are not named keep their place after them. */
export const orderViews = endpoint({
  method: "POST",
  path: "/api/views/order",
  input: z.object({ viewIds: z.array(id).max(200) }),
  reply: z.object({}),
});
