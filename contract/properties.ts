import { z } from "zod";
import { endpoint } from "./endpoint.ts";

const name = z.string().regex(/^[a-z][a-z0-9_]{0,99}$/);
const label = z.string().trim().min(1).max(200);
const description = z.string().trim().max(1_000);
const type = z.enum(["string", "number", "bool", "date", "datetime", "enumeration"]);
/** How a value is entered. An enumeration with `checkbox` takes several values, written `a;b`. */
const fieldType = z.enum([
  "text",
  "textarea",
  "phonenumber",
  "number",
  "booleancheckbox",
  "date",
  "select",
  "radio",
  "checkbox",
]);
const displayOrder = z.int().min(0).max(1_000_000);

const option = z.object({ value: z.string(), label: z.string(), hidden: z.boolean() });
/** Without a value the label is the value. */
const newOption = z.object({
  value: z.string().trim().max(200).default(""),
  label: z.string().trim().min(1).max(200),
  hidden: z.boolean().default(false),
});
const newOptions = z.array(newOption).max(2_000);

const property = z.object({
  name: z.string(),
  /** In the reader's language for built-in properties, as written for custom ones. */
  label: z.string(),
  description: z.string(),
  groupName: z.string(),
  type,
  fieldType,
  options: z.array(option),
  readOnly: z.boolean(),
  hasUniqueValue: z.boolean(),
  builtIn: z.boolean(),
  maxLength: z.int(),
  displayOrder: z.int(),
});

const propertyGroup = z.object({
  name: z.string(),
  label: z.string(),
  builtIn: z.boolean(),
  displayOrder: z.int(),
});

export type Property = z.output<typeof property>;

export const listProperties = endpoint({
  method: "GET",
  path: "/api/properties",
  input: z.object({}),
  reply: z.object({
    groups: z.array(propertyGroup),
    properties: z.array(property),
    /** Out of use; their values are kept and come back when they are restored. */
    archived: z.array(property),
  }),
});

export const createProperty = endpoint({
  method: "POST",
  path: "/api/properties",
  input: z.object({
    label,
    /** Without one it is made from the label. It never changes. */
    name: name.optional(),
    description: description.default(""),
    groupName: name.default("contactinformation"),
    type,
    fieldType,
    options: newOptions.default([]),
    hasUniqueValue: z.boolean().default(false),
  }),
  reply: z.object({ name: z.string() }),
});

/** Type, name and uniqueness stay as they were made. */
export const updateProperty = endpoint({
  method: "PATCH",
  path: "/api/properties/:name",
  input: z.object({
    name,
    label: label.optional(),
    description: description.optional(),
    groupName: name.optional(),
    fieldType: fieldType.optional(),
    options: newOptions.optional(),
    displayOrder: displayOrder.optional(),
  }),
  reply: z.object({}),
});

export const archiveProperty = endpoint({
  method: "DELETE",
  path: "/api/properties/:name",
  input: z.object({ name }),
  reply: z.object({}),
});

export const restoreProperty = endpoint({
  method: "POST",
  path: "/api/properties/:name/restore",
  input: z.object({ name }),
  reply: z.object({}),
});

export const createPropertyGroup = endpoint({
  method: "POST",
  path: "/api/property-groups",
  input: z.object({ label, name: name.optional() }),
  reply: z.object({ name: z.string() }),
});

export const updatePropertyGroup = endpoint({
  method: "PATCH",
  path: "/api/property-groups/:name",
  input: z.object({ name, label: label.optional(), displayOrder: displayOrder.optional() }),
  reply: z.object({}),
});

/** Only an empty group can go. */
export const deletePropertyGroup = endpoint({
  method: "DELETE",
  path: "/api/property-groups/:name",
  input: z.object({ name }),
  reply: z.object({}),
});
