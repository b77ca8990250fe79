import type { z } from "zod";
import type * as contract from "#contract/lists.ts";
import { findContact } from "#server/contacts/record/require-contact.ts";
import { type ExplainedCondition, explainFilter } from "#server/filters/explain-filter.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import type { Context } from "#server/platform/context.ts";
import { requireList } from "../definition/require-list.ts";
import { showList } from "../overview/show-list.ts";
import { selectInLists, selectMembership } from "./queries.ts";

type Explanation = z.input<typeof contract.explainMembership.reply>;

/** Why a contact is, or is not, in a list: who added it, or each condition with the contact's own value. */
export async function explainMembership(
  context: Context,
  input: { readonly listId: string; readonly contactId: string },
): Promise<Explanation> {
  const list = await requireList(context, input.listId);
  const { id: contactId } = await findContact(context, input.contactId);
  const added = await explainAdded(context, { listId: list.id, contactId });
  const { updating } = await showList(context, { listId: list.id });
  const explained = list.type === "active" && list.filter ? { contactId, filter: list.filter } : null;
  const groups = explained ? await explainFilter(context, explained) : null;
  return {
    member: added !== null,
    matches: explained ? (groups?.some(({ met }) => met) ?? false) : null,
    updating,
    added,
    groups: groups ? await nameLists(context, contactId, groups) : [],
  };
}

async function explainAdded(
  context: Context,
  member: { readonly listId: string; readonly contactId: string },
): Promise<Explanation["added"]> {
  const row = await selectMembership(context, member);
  if (!row) return null;
  const { at, actorType, actorId, sourceType, sourceId, operationId } = row;
  const actor = { type: actorType, id: actorId };
  const nameOf = await nameActors(context, [actor]);
  const who = { type: actorType as "user", id: actorId, name: nameOf(actor) };
  return { at: at.toISOString(), actor: who, sourceType, sourceId, operationId };
}

type Groups = readonly { readonly met: boolean; readonly conditions: readonly ExplainedCondition[] }[];

/** Conditions about lists are met by lists, not by a value. */
async function nameLists(
  context: Context,
  contactId: string,
  groups: Groups,
): Promise<Explanation["groups"]> {
  const named = groups.flatMap(({ conditions }) => conditions.flatMap((condition) => listsIn(condition)));
  const lists = named.length === 0 ? [] : await selectInLists(context, contactId, named);
  return groups.map(({ met, conditions }) => ({
    met,
    conditions: conditions.map((condition) => ({
      ...condition,
      values: [...condition.values],
      lists: lists.filter(({ id }) => listsIn(condition).includes(id)),
    })),
  }));
}

function listsIn({ propertyName, values }: ExplainedCondition): readonly string[] {
  return propertyName === "lists" ? values : [];
}
