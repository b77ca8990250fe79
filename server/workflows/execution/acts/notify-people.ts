import { notify } from "#server/accounts/notices/notify.ts";
import type { Context } from "#server/platform/context.ts";
import { selectTexts } from "../../queries.ts";
import type { StepOutcome, StepRun } from "../step-act.ts";

const PLACEHOLDER = /\{([a-z0-9_]{1,100})\}/g;
/** More than so many contacts at once are told of in one notice, by their number. */
const ONE_BY_ONE = 20;

/** Tells people of each contact, or of many at once by their number: nobody reads a thousand notices. */
export async function notifyPeople(context: Context, run: StepRun<"notify">): Promise<StepOutcome[]> {
  const { step, workflow, contactIds } = run;
  const to = "owner" in step.to ? { userIds: [workflow.ownerId] } : step.to;
  const tell = (notice: { title: string; text: string; link: string }) =>
    notify(context, {
      to,
      key: "workflows:notice_step",
      details: { workflow: workflow.name, title: notice.title, text: notice.text },
      link: notice.link,
      mail: step.mail,
    });
  if (contactIds.length > ONE_BY_ONE) {
    await notify(context, {
      to,
      key: "workflows:notice_steps",
      details: { workflow: workflow.name, title: step.title, count: contactIds.length },
      link: `/workflows/${workflow.id}?tab=history&step=${step.id}`,
      mail: step.mail,
    });
  } else {
    const [titles, texts] = [
      await filled(context, step.title, contactIds),
      await filled(context, step.text, contactIds),
    ];
    for (const id of contactIds) await tell({ title: titles(id), text: texts(id), link: `/contacts/${id}` });
  }
  return [{ outcome: "told", contactIds }];
}

/** The text with the contact's own values; one without a value leaves nothing. */
async function filled(
  context: Context,
  text: string,
  contactIds: readonly string[],
): Promise<(contactId: string) => string> {
  const names = new Set([...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name));
  const values = new Map<string, ReadonlyMap<string, string | null>>();
  for (const name of names) values.set(name, await selectTexts(context, name, contactIds));
  return (contactId) =>
    text.replace(PLACEHOLDER, (_, name: string) => values.get(name)?.get(contactId) ?? "");
}
