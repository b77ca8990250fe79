import { Temporal } from "temporal-polyfill";
import type { z } from "zod";
import type * as contract from "#contract/calendar.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { localDate, nextRenewalAfter, updateInstants } from "#server/billing/update-instant.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import { nameOperations } from "#server/operations/naming/name-operations.ts";
import type { Actor, Context } from "#server/platform/context.ts";
import { selectScheduledUsage } from "../usage/queries.ts";
import { type Leaving, selectLeavingRows } from "./queries.ts";

type Reply = z.input<typeof contract.showCalendar.reply>;
type Line = Reply["dates"][number]["lines"][number];

const UPDATES = 12;
const NEVER = new Date("9999-01-01T00:00:00Z");

/** What takes effect at the next update dates: how many leave, by what, and until when it can be cancelled. */
export async function showCalendar(context: Context): Promise<Reply> {
  const { calendar, now } = await loadBilling(context);
  const leaving = await selectLeavingRows(context, { from: now, to: NEVER });
  const instants = inOrder([...updateInstants(calendar, now, UPDATES), ...leaving.map(({ until }) => until)]);
  const usage = await selectScheduledUsage(context, [now, ...instants]);
  const describe = await describer(context, leaving);
  const [present, ...later] = usage;
  return {
    timeZone: calendar.timeZone,
    marketing: present?.marketing ?? 0,
    dates: later.map(({ at, marketing }) => {
      const lines = leaving.filter(({ until }) => until.getTime() === at.getTime());
      const day = localDate(at, calendar.timeZone);
      const renewal = nextRenewalAfter(calendar, new Date(at.getTime() - 1));
      return {
        instant: at.toISOString(),
        day,
        lastDay: Temporal.PlainDate.from(day).subtract({ days: 1 }).toString(),
        isRenewal: renewal.instant.getTime() === at.getTime(),
        leaving: lines.reduce((sum, { contacts }) => sum + contacts, 0),
        marketing,
        lines: merged(lines).map(describe),
      };
    }),
  };
}

function inOrder(instants: readonly Date[]): Date[] {
  const times = new Set(instants.map((instant) => instant.getTime()));
  return [...times].toSorted((a, b) => a - b).map((time) => new Date(time));
}

/** One line an operation, whoever ran its parts; one a person for what was done contact by contact. */
function merged(lines: readonly Leaving[]): Leaving[] {
  const found = new Map<string, Leaving>();
  for (const line of lines) {
    const key = line.operationId ?? `${line.actorType}:${line.actorId}`;
    const before = found.get(key);
    found.set(key, before ? { ...before, contacts: before.contacts + line.contacts } : line);
  }
  return [...found.values()];
}

async function describer(context: Context, leaving: readonly Leaving[]): Promise<(line: Leaving) => Line> {
  const operations = await nameOperations(
    context,
    leaving.flatMap(({ operationId }) => operationId ?? []),
  );
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const actorOf = (line: Leaving) => {
    const operation = line.operationId === null ? undefined : byId.get(line.operationId);
    return { type: operation?.actorType ?? line.actorType, id: operation ? operation.actorId : line.actorId };
  };
  const nameOf = await nameActors(context, leaving.map(actorOf));
  return (line) => {
    const operation = line.operationId === null ? undefined : byId.get(line.operationId);
    const actor = actorOf(line);
    return {
      operationId: line.operationId,
      kind: operation?.kind ?? null,
      name: operation?.name ?? null,
      at: operation?.at.toISOString() ?? null,
      actor: { type: actor.type as Actor["type"], id: actor.id, name: nameOf(actor) },
      contacts: line.contacts,
    };
  };
}
