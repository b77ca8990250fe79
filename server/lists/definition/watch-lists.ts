import type { Context } from "#server/platform/context.ts";
import { builtInProperties } from "#server/properties/built-in-properties.ts";
import { selectNamings, storeWatch } from "./queries.ts";

const everything = [
  "marketing_contact",
  "subscription_fact",
  "marketing_pin",
  "contact_email",
  "contact.custom",
  ...builtInProperties.flatMap(({ column }) => (column === null ? [] : [`contact.${column}`])),
];

/** Has the database note changes of what the active lists of the account read, and of nothing else. */
export async function watchLists(context: Context): Promise<void> {
  const lists = await selectNamings(context);
  const reads = new Set(lists.flatMap((list) => list.reads));
  if (reads.delete("*")) for (const field of everything) reads.add(field);
  await storeWatch(context, { active: lists.length > 0, fields: [...reads].toSorted() });
}
