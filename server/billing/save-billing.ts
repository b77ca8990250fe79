import type { z } from "zod";
import type { changeBilling } from "#contract/billing.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { type Billing, currencyCode, requirePrices, requireTier, requireTimeZone } from "./billing.ts";
import { requireMaximum } from "./growth-policy.ts";
import { loadBilling } from "./load-billing.ts";
import { type BillingSettings, lockBilling, selectPrices, upsertBilling } from "./queries.ts";
import { renewalAnchor } from "./renewal-anchor.ts";
import { type Calendar, localDate, nextUpdateInstant } from "./update-instant.ts";

type Change = z.output<typeof changeBilling.input>;

export interface CalendarChange {
  /** Whether the account's updates now fall on other instants. */
  readonly calendarChanged: boolean;
  readonly before: Date;
  /** The next update from now on; waiting contacts keep the earlier of the two. */
  readonly after: Date;
}

/**
 * Changes what the account's count is for; what is left out stays. Records `billing.changed`, and
 * `billing.calendar_changed` when updates move. The account's zone is not written here: `timeZone` says what it becomes.
 * Moving waiting contacts belongs to the caller's transaction. Refuses what cannot be with `invalid_input`.
 */
export function saveBilling(context: Context, change: Change): Promise<CalendarChange> {
  return inTransaction(context, async (context) => {
    await lockBilling(context, "change");
    const billing = await loadBilling(context);
    const calendar = changedCalendar(billing, change);
    const settings = await changedSettings(context, { billing, change, calendar });
    await upsertBilling(context, settings);
    const calendarChanged = JSON.stringify(calendar) !== JSON.stringify(billing.calendar);
    const before = nextUpdateInstant(billing.calendar, billing.now);
    const after = nextUpdateInstant(calendar, billing.now);
    await recordEvent(context, {
      type: "billing.changed",
      details: { before: flat(billing), after: settings },
    });
    if (calendarChanged) {
      await recordEvent(context, { type: "billing.calendar_changed", details: { before, after, calendar } });
    }
    return { calendarChanged, before, after };
  });
}

function changedCalendar({ calendar, now }: Billing & { now: Date }, change: Change): Calendar {
  const timeZone = change.timeZone ?? calendar.timeZone;
  requireTimeZone(timeZone);
  const term = change.term ?? calendar.term;
  const today = localDate(now, timeZone);
  const anchor =
    change.renewalOn === undefined
      ? calendar.anchor
      : renewalAnchor({ term, renewal: change.renewalOn, today });
  return { term, anchor, timeZone };
}

interface Changing {
  readonly billing: Billing;
  readonly change: Change;
  readonly calendar: Calendar;
}

async function changedSettings(
  context: Context,
  { billing, change, calendar }: Changing,
): Promise<BillingSettings> {
  const { plan = billing.plan, counting = billing.counting, tier = billing.tier } = change;
  const { policy = billing.policy, maximum = billing.maximum } = change;
  const currency = change.currency === undefined ? billing.currency : currencyCode(change.currency);
  const prices = (await selectPrices(context.db, plan, currency)) ?? null;
  requirePrices({ counting, prices }, currency);
  requireTier({ tier, counting, prices });
  requireMaximum(maximum);
  const { term, anchor } = calendar;
  return {
    plan,
    counting,
    tier,
    currency,
    policy,
    maximum,
    term,
    renewalOn: anchor,
    marketingEnabled: billing.marketingEnabled,
  };
}

function flat({ plan, counting, tier, currency, policy, maximum, ...billing }: Billing): BillingSettings {
  return {
    plan,
    counting,
    tier,
    currency,
    policy,
    maximum,
    marketingEnabled: billing.marketingEnabled,
    term: billing.calendar.term,
    renewalOn: billing.calendar.anchor,
  };
}
