import type { z } from "zod";
import type { countCleanup as endpoint } from "#contract/wizard.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { chosenContacts, compileGroups } from "./choose-contacts.ts";
import { type Chosen, type CleanupChoice, chosenOf, isNobody, listsFilter } from "./cleanup-choice.ts";
import { countGroups, countScope } from "./queries.ts";

type Part = z.input<typeof endpoint.reply>["parts"][number];

/** How many people a choice means, each once, and how many each way of choosing found. */
export async function countCleanup(
  context: Context,
  { choice }: { choice: CleanupChoice },
): Promise<z.input<typeof endpoint.reply>> {
  const chosen = chosenOf(choice);
  if (isNobody(chosen)) return { total: 0, parts: [] };
  const parts = await countParts(context, chosen);
  const [only] = parts;
  if (parts.length === 1 && only) return { total: only.contacts, parts };
  return { total: await countScope(context, await chosenContacts(context, chosen)), parts };
}

/** Each way of choosing by itself. */
export async function countParts(context: Context, { groups, filter, lists }: Chosen): Promise<Part[]> {
  const counts = await countGroups(context, await compileGroups(context, groups));
  const parts: Part[] = groups.map((group) => ({
    kind: "group",
    key: group,
    contacts: counts.get(group) ?? 0,
  }));
  const filters = lists.map((list) => ({ kind: "list" as const, key: list, filter: listsFilter([list]) }));
  const others = filter === null ? filters : [{ kind: "filter" as const, key: "", filter }, ...filters];
  for (const { kind, key, filter } of others) {
    const contacts = await countScope(context, await selectContacts(context, { filter, query: "" }));
    parts.push({ kind, key, contacts });
  }
  return parts;
}
