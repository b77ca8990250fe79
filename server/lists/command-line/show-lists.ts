import type { ListRow } from "#contract/lists.ts";
import { readId } from "#server/filters/read-selection.ts";
import type { Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { printTable } from "#server/platform/print-table.ts";
import { readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { findListId } from "../definition/lists-source.ts";
import { explainMembership } from "../members/explain-membership.ts";
import { listLists } from "../overview/list-lists.ts";
import { listUses } from "../overview/list-uses.ts";
import { showList } from "../overview/show-list.ts";

const PAGE = 200;

/** `headroom list ls`. */
export async function printLists(
  context: Context,
  output: Output,
  { deleted = false }: { readonly deleted?: boolean },
): Promise<number> {
  const lists: ListRow[] = [];
  for (let total = 1; lists.length < total; ) {
    const page = await listLists(context, {
      query: "",
      deleted: deleted ? "true" : "false",
      sort: "name",
      direction: "asc",
      offset: lists.length,
      limit: PAGE,
    });
    lists.push(...page.lists);
    total = page.lists.length === 0 ? 0 : page.total;
  }
  sayLists(output, lists);
  output.json({ lists });
  return 0;
}

/** `headroom list show`. */
export async function printList(context: Context, output: Output, typed: string): Promise<number> {
  const listId = await findListId(context, typed);
  const list = await showList(context, { listId });
  const { uses } = await listUses(context, { listId });
  sayLists(output, [list]);
  if (list.problem) output.line(list.problem);
  if (list.filter) output.line(JSON.stringify(list.filter));
  output.json({ ...list, uses });
  return 0;
}

/** `headroom list explain`. */
export async function printExplanation(
  context: Context,
  output: Output,
  { typed, contact }: { readonly typed: string; readonly contact: string },
): Promise<number> {
  const say = (key: string, values: Record<string, unknown> = {}) =>
    text(output.language, `lists:${key}`, values);
  const listId = await findListId(context, typed);
  const { name } = await showList(context, { listId });
  const explained = await explainMembership(context, { listId, contactId: readId(contact) });
  output.line(say(explained.member ? "said_member" : "said_no_member", { name }));
  for (const { conditions } of explained.groups) {
    for (const { propertyName, operator, values, value, met } of conditions) {
      const own = value ?? say("said_no_value");
      output.line(
        `  ${propertyName} ${operator} ${values.join(", ")} (${own}): ${say(met ? "said_met" : "said_not_met")}`,
      );
    }
  }
  output.json({ ...explained });
  return 0;
}

function sayLists(output: Output, lists: readonly ListRow[]): void {
  const { language } = output;
  const say = (key: string) => text(language, `lists:${key}`);
  const isUpdating = lists.some(({ updating }) => updating);
  printTable(
    output,
    [
      { head: say("head_id"), isNumber: true },
      { head: say("head_name") },
      { head: say("head_type") },
      { head: say("head_members"), isNumber: true },
      ...(isUpdating ? [{ head: say("head_state") }] : []),
    ],
    lists.map(({ id, name, type, members, updating }) => [
      id,
      name,
      say(`type_${type}`),
      readableNumber(language, members),
      ...(updating ? [say("said_updating")] : []),
    ]),
  );
}
