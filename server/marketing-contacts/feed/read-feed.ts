import { createHash } from "node:crypto";
import { listMembers } from "#server/accounts/roles/granters.ts";
import { hashSecret } from "#server/accounts/secret.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { previousUpdateInstant } from "#server/billing/update-instant.ts";
import type { Context } from "#server/platform/context.ts";
import { readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { showCalendar } from "../calendar/show-calendar.ts";
import { type CalendarEvent, writeCalendar } from "./ical.ts";
import { type FeedReader, selectReader } from "./queries.ts";

export interface Feed {
  readonly body: string;
  readonly etag: string;
}

/** Update dates, renewals and last chances of an account, in the reader's language; null when the address is not one. */
export async function readFeed(context: Context, secret: string): Promise<Feed | null> {
  const reader = await selectReader(context, hashSecret(secret));
  if (reader === undefined) return null;
  const inAccount = { ...context, accountId: reader.accountId };
  if (!(await mayLook(inAccount, reader.userId))) return null;
  const { calendar, now } = await loadBilling(inAccount);
  const { dates } = await showCalendar(inAccount);
  const body = writeCalendar({
    name: text(reader.language, "calendar:feed_name", { account: reader.account }),
    language: reader.language,
    stamp: previousUpdateInstant(calendar, now),
    events: dates.flatMap((date, place) => eventsOf(reader, date, dates[place - 1]?.marketing)),
  });
  return { body, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"` };
}

/** The address shows no more than its owner may see now. */
async function mayLook(context: Context, userId: string): Promise<boolean> {
  const members = await listMembers(context);
  return members.some(({ id, permissions }) => id === userId && permissions.has("contacts.view"));
}

type UpdateDate = Awaited<ReturnType<typeof showCalendar>>["dates"][number];

function eventsOf(
  { account, accountId, language }: FeedReader,
  date: UpdateDate,
  before: number | undefined,
): CalendarEvent[] {
  const say = (key: string, values: Record<string, unknown> = {}) =>
    text(language, `calendar:feed_${key}`, { account, ...values });
  const number = (value: number) => readableNumber(language, value);
  const from = before ?? date.marketing + date.leaving;
  const counts = {
    count: date.leaving,
    leaving: number(date.leaving),
    from: number(from),
    to: number(date.marketing),
  };
  const kind = date.isRenewal ? "renewal" : "update";
  // By instant: after a change of the time zone two of them may fall on one local date.
  const own = `${Date.parse(date.instant)}-${accountId}@headroom`;
  return [
    {
      uid: `last-${own}`,
      day: date.lastDay,
      summary: say(`last_${kind}`),
      description: date.leaving > 0 ? say("last_text", counts) : say("last_text_none"),
    },
    {
      uid: `update-${own}`,
      day: date.day,
      summary: say(kind, counts),
      description: date.leaving > 0 ? say("text", counts) : say("text_none", counts),
    },
  ];
}
