import {
  type Counting,
  featurePlans,
  type Plan,
  type PlanFeature,
  type Policy,
  plans,
} from "#contract/billing.ts";
import { AppError } from "#server/platform/errors.ts";
import { isTier, type Prices, tierFor } from "./tier.ts";
import { type Calendar, startOfLocalDay } from "./update-instant.ts";

/** How an account counts and pays. */
export interface Billing {
  readonly plan: Plan;
  readonly counting: Counting;
  readonly marketingEnabled: boolean;
  readonly calendar: Calendar;
  /** The contact limit that was booked; kept, but without meaning, for those who just count. */
  readonly tier: number;
  /** The top of the tier; null when there is no limit. */
  readonly contactLimit: number | null;
  /** Never exceeded; null when none is set. */
  readonly maximum: number | null;
  /** What becomes of a raise that would pass the limit. */
  readonly policy: Policy;
  readonly currency: string;
}

/** Nobody stores more people than this. */
const LARGEST_TIER = 1_000_000_000;

export function planHas(plan: Plan, feature: PlanFeature): boolean {
  return plans.indexOf(plan) >= plans.indexOf(featurePlans[feature]);
}

/** Refuses a zone that is not in the time-zone database, also offsets such as `+02:00`, which know no summer time. */
export function requireTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone)) throw new AppError("invalid_input", "billing:time_zone_unknown", { timeZone });
}

function isTimeZone(timeZone: string): boolean {
  if (/^[+-]/.test(timeZone)) return false;
  try {
    return startOfLocalDay("2026-01-01", timeZone) !== undefined;
  } catch {
    return false;
  }
}

/** Refuses what is no ISO 4217 code; upper case is not asked for. */
export function currencyCode(currency: string): string {
  const code = currency.trim().toUpperCase();
  if (!Intl.supportedValuesOf("currency").includes(code)) {
    throw new AppError("invalid_input", "billing:currency_unknown", { currency });
  }
  return code;
}

interface TierChoice {
  readonly tier: number;
  readonly counting: Counting;
  /** The price book's page of the plan and currency, where it has one. */
  readonly prices: Prices | null;
}

/** Who bills clients needs prices to do so. */
export function requirePrices({ counting, prices }: Omit<TierChoice, "tier">, currency: string): void {
  if (counting === "clients" && prices === null) {
    throw new AppError("invalid_input", "billing:currency_without_prices", { currency });
  }
}

/**
 * Refuses a tier that cannot be. A vendor's tiers are the vendor's, so any number of contacts will do;
 * who bills clients by the price book can only book its tiers.
 */
export function requireTier({ tier, counting, prices }: TierChoice): void {
  if (!Number.isInteger(tier) || tier < 1 || tier > LARGEST_TIER) {
    throw new AppError("invalid_input", "billing:tier_impossible", { tier });
  }
  if (counting !== "clients" || prices === null || isTier(prices, tier)) return;
  const nearest = tierFor(prices, tier);
  throw new AppError("invalid_input", "billing:tier_not_in_price_book", {
    tier,
    nearest: nearest ?? prices.included,
  });
}
