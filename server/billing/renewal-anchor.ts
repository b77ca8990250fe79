import { Temporal } from "temporal-polyfill";
import type { Term } from "#contract/billing.ts";
import { AppError } from "#server/platform/errors.ts";

interface Renewal {
  readonly term: Term;
  /** A day of the month (`31`) or a date (`2026-01-31`); without it the term renews on the day of set-up. */
  readonly renewal?: string | undefined;
  /** The account's local date. */
  readonly today: string;
}

/**
 * The anchor of an account's calendar, `YYYY-MM-DD`. A day that this month lacks is kept by anchoring in a month
 * that has it: monthly in the latest such month, yearly in this month of the latest year where it comes closest.
 * Throws `invalid_input` for a day that no month has.
 */
export function renewalAnchor({ term, renewal, today }: Renewal): string {
  if (renewal === undefined || renewal === "") return today;
  if (/^\d{4}-\d{2}-\d{2}$/.test(renewal)) return realDate(renewal);
  const day = /^\d{1,2}$/.test(renewal) ? Number(renewal) : 0;
  if (day < 1 || day > 31) throw new AppError("invalid_input", "billing:renewal_impossible", { renewal });
  const months = monthsBack(today, term);
  const longest = Math.max(...months.map((month) => month.daysInMonth));
  const kept = Math.min(day, longest);
  const month = months.find((each) => each.daysInMonth >= kept) ?? localMonth(today);
  return month.toPlainDate({ day: kept }).toString();
}

/**
 * Refuses a date that has passed as the day on which an account is to renew. At set-up such a date is welcome: there it
 * says when the term began.
 */
export function requireComing(renewal: string, today: string): void {
  if (/^\d{4}-\d{2}-\d{2}$/.test(renewal) && realDate(renewal) < today) {
    throw new AppError("invalid_input", "billing:renewal_passed", { renewal, today });
  }
}

function realDate(renewal: string): string {
  try {
    return Temporal.PlainDate.from(renewal, { overflow: "reject" }).toString();
  } catch {
    throw new AppError("invalid_input", "billing:renewal_impossible", { renewal });
  }
}

// A February may need eight years to find its 29th; eight months always hold one of 31 days.
const BACK = 8;

/** The months an anchor may lie in, latest first. */
function monthsBack(today: string, term: Renewal["term"]): Temporal.PlainYearMonth[] {
  const unit = term === "monthly" ? "months" : "years";
  return Array.from({ length: BACK + 1 }, (_, index) => localMonth(today).subtract({ [unit]: index }));
}

function localMonth(today: string): Temporal.PlainYearMonth {
  return Temporal.PlainYearMonth.from(today.slice(0, 7));
}
