import { saveEngagement } from "#server/contacts/engagement/save-engagement.ts";
import { startStatus } from "#server/marketing-status/bulk/start-status.ts";
import type { Context } from "#server/platform/context.ts";
import { lowerThese } from "./care.ts";
import { finish } from "./finish.ts";
import type { Person } from "./people.ts";
import { type Known, knownContacts, type Step } from "./step.ts";

/** Where the story stands today: these numbers are promised. */
export const MARKETING = 3_328;
const WAITING = 126;

const DAY_MS = 86_400_000;
/** Interest below which somebody never opened anything. */
const NEVER = 0.3;

/** The last steps: mail that was opened, then the acts that bring the numbers to where they stand. */
export function balanceSteps(people: ReadonlyMap<string, Person>): Step[] {
  const known = (context: Context) => knownContacts(context, people);
  return [
    {
      period: 0,
      share: 0.8,
      by: "marta",
      act: async (context) => noteEngagement(context, await known(context)),
    },
    { period: 0, share: 0.9, by: "marta", act: async (context) => raiseTo(context, await known(context)) },
    { period: 0, share: 0.95, by: "jonas", act: async (context) => lowerTo(context, await known(context)) },
  ];
}

async function noteEngagement(context: Context, contacts: readonly Known[]): Promise<void> {
  const now = await context.clock.now(context.db);
  const engagements = contacts.map(({ id, createdAt, marketing, person: { interest } }) => {
    const days = ((1 - interest) / (1 - NEVER)) ** 2 * 420;
    const openedAt = new Date(now.getTime() - days * DAY_MS);
    const opened = interest >= NEVER && openedAt > createdAt;
    return {
      contactId: id,
      sentAt: marketing ? new Date(Math.max(createdAt.getTime(), now.getTime() - 9 * DAY_MS)) : undefined,
      openedAt: opened ? openedAt : undefined,
      clickedAt: opened && interest > 0.6 ? new Date(openedAt.getTime() + 180_000) : undefined,
      convertedAt: opened && interest > 0.93 ? new Date(openedAt.getTime() + 600_000) : undefined,
    };
  });
  await saveEngagement(context, engagements);
}

async function raiseTo(context: Context, contacts: readonly Known[]): Promise<void> {
  const missing = MARKETING - contacts.filter(({ marketing }) => marketing).length;
  if (missing <= 0) throw new Error(`The demo has ${-missing} marketing contacts too many`);
  const chosen = contacts.filter(({ marketing, held }) => !marketing && !held).slice(-missing);
  const selection = { ids: chosen.map(({ id }) => id) };
  const raise = { selection, to: "marketing", includeProtected: false, expect: missing } as const;
  await finish(context, startStatus(context, raise));
}

async function lowerTo(context: Context, contacts: readonly Known[]): Promise<void> {
  const missing = WAITING - contacts.filter(({ waiting }) => waiting).length;
  if (missing <= 0) throw new Error(`The demo has ${-missing} waiting contacts too many`);
  const chosen = contacts.filter(({ marketing, waiting, held }) => marketing && !waiting && !held);
  await lowerThese(
    context,
    chosen.slice(0, missing).map(({ id }) => id),
  );
}
