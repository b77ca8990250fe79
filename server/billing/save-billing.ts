import type { z } from "zod";
import type { changeBilling } from "#contract/billing.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { tellBefore } from "./alerts/watch-limits.ts";
import { type Billing, currencyCode, requirePrices, requireTier, requireTimeZone } from "./billing.ts";
import { flatSettings } from "./billing-settings.ts";
import { requireMaximum } from "./growth-policy.ts";
import { lockGuard } from "./guard/lock-guard.ts";
import { loadBilling } from "./load-billing.ts";
import { keepTierChange } from "./move-tier.ts";
import { type BillingSettings, lockBilling, lockTier, upsertBilling } from "./queries.ts";
import { renewalAnchor, requireComing } from "./renewal-anchor.ts";
import { applySplit, type BookedChange } from "./tiers/apply-split.ts";
import { restartClock, takeDueChanges } from "./tiers/take-due-changes.ts";
import { type Calendar, localDate, nextUpdateInstant } from "./update-instant.ts";

type Change = z.output<typeof changeBilling.input>;

export interface BillingChange {
  /** Whether the account's updates now fall on other instants. */
  readonly calendarChanged: boolean;
  readonly before: Date;
  /** The next update from now on; waiting contacts keep the earlier of the two. */
  readonly after: Date;
  readonly booked: readonly BookedChange[];
}

/**
 * Changes what the account's count is for; what is left out stays, what lowers plan or tier is booked. Records
 * `billing.changed`, and `billing.calendar_changed` when updates move. The account's zone is not written here:
 * `timeZone` says what it becomes. Moving waiting contacts belongs to the caller's transaction. Refuses what cannot be
 * with `invalid_input`.
 */
export function saveBilling(context: Context, change: Change): Promise<BillingChange> {
  return inTransaction(context, async (context) => {
    await lockGuard(context);
    await lockBilling(context, "change");
    await lockTier(context);
    await takeDueChanges(context);
    const billing = await loadBilling(context);
    const calendar = changedCalendar(billing, change);
    const { settings, booked, corrects } = await changedSettings(context, { billing, change, calendar });
    if (settings.tier > billing.tier) await tellBefore(context);
    await upsertBilling(context, settings);
    const calendarChanged = JSON.stringify(calendar) !== JSON.stringify(billing.calendar);
    const before = nextUpdateInstant(billing.calendar, billing.now);
    const after = nextUpdateInstant(calendar, billing.now);
    if (calendarChanged) await restartClock(context, calendar, billing.now);
    await recordChange(context, { billing, settings, corrects });
    if (calendarChanged) {
      await recordEvent(context, { type: "billing.calendar_changed", details: { before, after, calendar } });
    }
    return { calendarChanged, before, after, booked };
  });
}

interface Recording {
  readonly billing: Billing & { readonly now: Date };
  readonly settings: BillingSettings;
  readonly corrects: boolean;
}

/** The audit trail has every change, the history of tiers what concerns them. */
async function recordChange(context: Context, { billing, settings, corrects }: Recording): Promise<void> {
  await recordEvent(context, {
    type: "billing.changed",
    details: { before: flatSettings(billing), after: settings },
  });
  if (settings.plan === billing.plan && settings.tier === billing.tier) return;
  await keepTierChange(context, {
    before: billing,
    after: settings,
    why: corrects ? "corrected" : "chosen",
    at: billing.now,
  });
}

function changedCalendar({ calendar, now }: Billing & { now: Date }, change: Change): Calendar {
  const timeZone = change.timeZone ?? calendar.timeZone;
  requireTimeZone(timeZone);
  const term = change.term ?? calendar.term;
  const today = localDate(now, timeZone);
  const { renewalOn } = change;
  if (renewalOn === undefined) return { term, anchor: calendar.anchor, timeZone };
  if (renewalOn !== calendar.anchor) requireComing(renewalOn, today);
  return { term, anchor: renewalAnchor({ term, renewal: renewalOn, today }), timeZone };
}

interface Changing {
  readonly billing: Billing & { readonly now: Date };
  readonly change: Change;
  readonly calendar: Calendar;
}

async function changedSettings(
  context: Context,
  { billing, change, calendar }: Changing,
): Promise<{ settings: BillingSettings; booked: BookedChange[]; corrects: boolean }> {
  const { counting = billing.counting, policy = billing.policy, maximum = billing.maximum } = change;
  const currency = change.currency === undefined ? billing.currency : currencyCode(change.currency);
  const { plan, tier, prices, booked, corrects } = await applySplit(context, {
    billing: { ...billing, calendar },
    wish: { ...change, counting, currency },
  });
  requirePrices({ counting, prices }, currency);
  requireTier({ tier, counting, prices });
  requireMaximum(maximum);
  const { term, anchor } = calendar;
  const { marketingEnabled } = billing;
  const settings = {
    plan,
    counting,
    tier,
    currency,
    policy,
    maximum,
    term,
    renewalOn: anchor,
    marketingEnabled,
  };
  return { settings, booked, corrects };
}
