import { Temporal } from "temporal-polyfill";

/** How long before something. */
export interface Span {
  readonly amount: number;
  readonly unit: "hours" | "days";
}

export interface Timing {
  /** Before the update instant it runs. */
  readonly runBefore: Span;
  /** Before that it is announced. */
  readonly noticeBefore: Span;
}

export interface PlanMoments {
  readonly noticeAt: Date;
  readonly runAt: Date;
}

const HOUR_MS = 3_600_000;
/** Nobody can be asked to stop something sooner than this after having been told, unless the plan itself says less. */
const LEAST_NOTICE_MS = 2 * HOUR_MS;

/** So many local days (the same time of day, whatever the clocks do) or exact hours before an instant. */
export function momentBefore(instant: Date, { amount, unit }: Span, timeZone: string): Date {
  if (unit === "hours") return new Date(instant.getTime() - amount * HOUR_MS);
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(zoned.subtract({ days: amount }).epochMilliseconds);
}

export function planMoments(
  { runBefore, noticeBefore }: Timing,
  { updateAt, timeZone }: { updateAt: Date; timeZone: string },
): PlanMoments {
  const runAt = momentBefore(updateAt, runBefore, timeZone);
  return { runAt, noticeAt: momentBefore(runAt, noticeBefore, timeZone) };
}

/**
 * When a plan that is announced now will run: as planned, unless too little of its notice is left (the worker stood
 * still, or the plan was made late). Null when that would not be before the update any more.
 */
export function runAfterNotice(
  { noticeAt, runAt }: PlanMoments,
  { now, updateAt }: { now: Date; updateAt: Date },
): Date | null {
  const promised = runAt.getTime() - noticeAt.getTime();
  const least = Math.min(LEAST_NOTICE_MS, promised / 2);
  const at = Math.max(runAt.getTime(), now.getTime() + least);
  return at < updateAt.getTime() ? new Date(at) : null;
}
