import type { z } from "zod";
import type * as contract from "#contract/usage.ts";
import type { Billing } from "#server/billing/billing.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { monthlyPrice } from "#server/billing/tier.ts";
import { localDate } from "#server/billing/update-instant.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import type { Property } from "#server/properties/property.ts";
import { propertySql } from "#server/properties/property-sql.ts";
import { monthOf, monthsSince, type Period, periodAt, periodFrom, periodsSince } from "./period.ts";
import {
  type CountRow,
  selectAccountName,
  selectCounts,
  selectFirstDay,
  selectPrices,
  selectTierAt,
} from "./queries.ts";
import { sharePrice } from "./share-price.ts";

export type Statement = z.output<typeof contract.showStatement.reply>;
export type StatementInput = z.output<typeof contract.showStatement.input>;

type Row = Statement["rows"][number];
type Counted = Omit<Row, "price">;

/** More values than that are summed up in one row. */
const MOST_ROWS = 500;

/**
 * Opening, raised, lowered and closing of a month or an update period, by the values a property had at its end; the
 * rows add up. Money: the month's price of the tier at the end, shared by closing count.
 */
export async function showStatement(context: Context, input: StatementInput): Promise<Statement> {
  const billing = await loadBilling(context);
  const { calendar, now } = billing;
  const period = periodOf(input, billing);
  const property = await requireProperty(context, input.by);
  const by = property && { name: property.name, text: propertySql(context, property).text };
  const counts = await selectCounts(context, { from: period.from, to: period.to, by });
  const rows = mostly(counts.map((count) => counted(count, property)));
  const price = await priceOf(context, billing, period);
  const shares = sharePrice(
    price?.amount ?? 0,
    rows.map(({ closing }) => closing),
  );
  const today = localDate(now, calendar.timeZone);
  const first = (await selectFirstDay(context)) ?? today;
  return {
    account: await selectAccountName(context),
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    firstDay: period.firstDay,
    lastDay: period.lastDay,
    isMonth: period.isMonth,
    isOpen: period.to > now,
    timeZone: calendar.timeZone,
    madeAt: now.toISOString(),
    by: property && { name: property.name, label: property.label },
    rows: property ? rows.map((row, place) => ({ ...row, price: price && (shares[place] ?? 0) })) : [],
    total: { ...totalOf(rows), price: price?.amount ?? null },
    price,
    months: monthsSince(first, today),
    periods: periodsSince(calendar, first, now).map(({ firstDay, lastDay }) => ({ firstDay, lastDay })),
  };
}

function periodOf(
  { month, period: day }: StatementInput,
  { calendar, now }: Billing & { now: Date },
): Period {
  const period =
    month !== undefined
      ? monthOf(month, calendar.timeZone)
      : day !== undefined
        ? periodFrom(calendar, day)
        : periodAt(calendar, now);
  if (period === null) throw new AppError("invalid_input", "usage:no_period", { day });
  if (period.from > now) throw new AppError("invalid_input", "usage:period_ahead", { day: period.firstDay });
  return period;
}

async function requireProperty(context: Context, name: string | undefined): Promise<Property | null> {
  if (name === undefined || name === "") return null;
  const property = (await loadCatalogue(context)).get(name);
  if (property === undefined) throw new AppError("invalid_input", "usage:property_unknown", { name });
  return property;
}

function counted({ value, isGone, closing, raised, lowered }: CountRow, property: Property | null): Counted {
  const type = isGone ? "gone" : value === null ? "none" : "value";
  return {
    type,
    value,
    label: value === null ? null : labelOf(value, property),
    opening: closing - raised + lowered,
    raised,
    lowered,
    closing,
  };
}

function labelOf(value: string, property: Property | null): string {
  return property?.options.find((option) => option.value === value)?.label ?? value;
}

/** Values by their closing count; people without a value, the small rest and those who are gone last. */
function mostly(rows: readonly Counted[]): Counted[] {
  const values = rows.filter(({ type }) => type === "value");
  const others = ["none", "gone"].flatMap((type) => rows.filter((row) => row.type === type));
  if (values.length <= MOST_ROWS) return [...values, ...others];
  const rest: Counted = {
    type: "rest",
    value: null,
    label: null,
    ...totalOf(values.slice(MOST_ROWS)),
  };
  return [...values.slice(0, MOST_ROWS), rest, ...others];
}

function totalOf(rows: readonly Counted[]): Pick<Counted, "opening" | "raised" | "lowered" | "closing"> {
  const sum = (of: "opening" | "raised" | "lowered" | "closing") =>
    rows.reduce((total, row) => total + row[of], 0);
  return { opening: sum("opening"), raised: sum("raised"), lowered: sum("lowered"), closing: sum("closing") };
}

async function priceOf(context: Context, billing: Billing, { to }: Period): Promise<Statement["price"]> {
  if (billing.contactLimit === null || !context.actor.permissions.has("billing.view")) return null;
  const prices = await selectPrices(context, billing);
  if (prices === undefined) return null;
  const tier = (await selectTierAt(context, to)) ?? billing.tier;
  return { tier, amount: monthlyPrice(prices, tier), currency: billing.currency, example: prices.example };
}
