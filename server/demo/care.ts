import { moveTier } from "#server/billing/move-tier.ts";
import { startDeleteContacts, startEditProperty } from "#server/contacts/bulk/start-bulk.ts";
import { mergeContacts } from "#server/contacts/merge/merge-contacts.ts";
import { createNote } from "#server/contacts/notes/change-notes.ts";
import { startStatus } from "#server/marketing-status/bulk/start-status.ts";
import { addContactFact } from "#server/marketing-status/protection/change-facts.ts";
import { startOptOut } from "#server/marketing-status/protection/start-opt-out.ts";
import { pinContact } from "#server/marketing-status/record/pin-contact.ts";
import { settleAccount } from "#server/marketing-status/status/settle-due-changes.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { finish } from "./finish.ts";
import { polishCustomers } from "./names.ts";
import type { Person } from "./people.ts";
import { PERIODS } from "./periods.ts";
import { CONTACT_LIMIT } from "./set-up-demo.ts";
import { type Known, knownContacts, type Step } from "./step.ts";

type People = ReadonlyMap<string, Person>;

const DELETED = 42;

/** What people did with the contacts they had, month by month. */
export function careSteps(people: People): Step[] {
  return [
    ...monthly(people),
    ...lowerAndRegret(people, -8, 34),
    ...lowerAndRegret(people, 0, 58),
    ...once(people),
  ];
}

/** From the second period on: the update, some opt-outs, bounces and a clean-up. */
function monthly(people: People): Step[] {
  return Array.from({ length: PERIODS }, (_, i) => i - PERIODS + 1).flatMap((period): Step[] => [
    { period, share: 0.000_05, by: "marta", act: settleAccount },
    { period, share: 0.45, by: "jonas", act: (context) => noteProblems(context, people, period) },
    ...(period === 0
      ? []
      : [
          {
            period,
            share: 0.8,
            by: "marta",
            act: (context: Context) => cleanUp(context, people, 30 - period * 2),
          } as const,
        ]),
  ]);
}

const staying = ({ marketing, waiting, held }: Known) => marketing && !waiting && !held;
const idsOf = (contacts: readonly Known[]) => contacts.map(({ id }) => id);

async function noteProblems(context: Context, people: People, period: number): Promise<void> {
  const contacts = (await knownContacts(context, people)).filter(staying);
  const chosen = [7, 9, 11, 13, 15].map((step) => contacts[contacts.length - step * (12 + period)]);
  const kinds = ["opt_out", "opt_out", "opt_out", "bounce", "complaint"] as const;
  for (const [i, contact] of chosen.entries()) {
    const kind = kinds[i];
    if (!contact || !kind || (kind === "complaint" && period % 3 !== 0)) continue;
    await addContactFact(context, {
      contactId: contact.id,
      kind,
      reason: kind === "bounce" ? "unknown_user" : "",
    });
  }
}

async function lower(context: Context, people: People, count: number): Promise<string> {
  const contacts = (await knownContacts(context, people)).filter(staying).slice(0, count);
  return lowerThese(context, idsOf(contacts));
}

export function lowerThese(context: Context, ids: string[]): Promise<string> {
  const change = {
    selection: { ids },
    to: "non_marketing",
    includeProtected: false,
    expect: ids.length,
  } as const;
  return finish(context, startStatus(context, change));
}

/** Those that have not cared for longest, but for the one whose story goes on. */
async function cleanUp(context: Context, people: People, count: number): Promise<void> {
  const contacts = (await knownContacts(context, people)).filter(staying).slice(1, count + 1);
  await lowerThese(context, idsOf(contacts));
}

/** Jonas sets some as non-marketing, and the next day Marta takes it back. */
function lowerAndRegret(people: People, period: number, count: number): Step[] {
  let operationId = "";
  return [
    {
      period,
      share: 0.5,
      by: "jonas",
      act: async (context) => {
        operationId = await lower(context, people, count);
      },
    },
    {
      period,
      share: 0.53,
      by: "marta",
      act: (context) => finish(context, undoOperation(context, { operationId })),
    },
  ];
}

function once(people: People): Step[] {
  const contacts = (context: Context) => knownContacts(context, people);
  return [
    { period: -6, share: 0.5, by: "marta", act: giveToOwner },
    {
      period: -5,
      share: 0.35,
      by: "jonas",
      act: async (context) => writeNotes(context, await contacts(context)),
    },
    {
      period: -4,
      share: 0.6,
      by: "jonas",
      act: async (context) => optOut(context, await contacts(context), 26),
    },
    {
      period: -4,
      share: 0.85,
      by: "marta",
      act: (context) => moveTier(context, { tier: CONTACT_LIMIT, why: "chosen" }),
    },
    // Late enough to be restored for some weeks yet, whatever day it is today.
    {
      period: -2,
      share: 0.72,
      by: "marta",
      act: async (context) => deleteSome(context, await contacts(context)),
    },
    {
      period: -2,
      share: 0.5,
      by: "marta",
      act: async (context) => pinSome(context, await contacts(context)),
    },
    {
      period: -1,
      share: 0.5,
      by: "jonas",
      act: async (context) => mergeTwo(context, await contacts(context)),
    },
    {
      period: 0,
      share: 0.4,
      by: "marta",
      act: async (context) => optOut(context, await contacts(context), 24),
    },
  ];
}

/** Polish customers get somebody who looks after them. */
function giveToOwner(context: Context): Promise<string> {
  const selection = { filter: polishCustomers, query: "" };
  const edit = { selection, property: "hubspot_owner_id", value: context.actor.id };
  return finish(context, startEditProperty(context, edit));
}

const notes = [
  "Budget for rental skis moves to next year. Call again in January, no mail about ski packages before that.",
  "Met at the fair. Wants the dealer price list as soon as it is out.",
  "Asked for a return of two damaged tents, replaced the same day.",
  "Prefers to be called on Thursdays.",
  "Runs a climbing course each spring and needs twelve harnesses for it.",
  "Switches supplier if delivery takes more than five days.",
];

async function writeNotes(context: Context, contacts: readonly Known[]): Promise<void> {
  for (let i = 0; i < 24; i++) {
    const contact = contacts[i * 37];
    if (contact) await createNote(context, { contactId: contact.id, body: notes[i % notes.length] ?? "" });
  }
}

function optOut(context: Context, contacts: readonly Known[], count: number): Promise<string> {
  const chosen = contacts.filter(({ held }) => !held).slice(900, 900 + count);
  const selection = { ids: idsOf(chosen) };
  return finish(context, startOptOut(context, { selection, expect: count }));
}

/** Not those of the move: some of them are met again, and would come back. */
async function deleteSome(context: Context, contacts: readonly Known[]): Promise<void> {
  const moved = Math.min(...contacts.map(({ createdAt }) => createdAt.getTime()));
  const chosen = contacts
    .filter(({ held, createdAt }) => !held && createdAt.getTime() > moved)
    .slice(0, DELETED);
  const selection = { ids: idsOf(chosen) };
  await finish(context, startDeleteContacts(context, { selection, expect: DELETED }));
}

async function pinSome(context: Context, contacts: readonly Known[]): Promise<void> {
  const customers = contacts.filter((contact) => staying(contact) && contact.person.stage === "customer");
  const others = contacts.filter(({ marketing, held }) => !marketing && !held);
  for (const { id } of customers.slice(-10)) await pinContact(context, { contactId: id, pin: "always" });
  for (const { id } of others.slice(-6)) await pinContact(context, { contactId: id, pin: "never" });
}

/** The same name at the same company twice: one person who was written down two times. */
async function mergeTwo(context: Context, contacts: readonly Known[]): Promise<void> {
  const byEmail = new Map(contacts.map((contact) => [contact.email, contact]));
  const twice = contacts.find(
    ({ email, held }) =>
      !held && /[a-z]2@/.test(email) && byEmail.get(email.replace("2@", "@"))?.held === false,
  );
  const first = twice && byEmail.get(twice.email.replace("2@", "@"));
  if (first) await mergeContacts(context, { winnerId: first.id, loserId: twice.id });
}
