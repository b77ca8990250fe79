/** Shares of the contact limit, in percent, that people are told of when usage crosses them upward. */
export const thresholds = [75, 90, 98, 100] as const;

/** An alert is armed again this far below, so that usage that hovers does not tell the same again and again. */
const ARMED_BELOW = 5;

export interface AlertState {
  readonly threshold: number;
  /** Usage was last seen at or above it. */
  readonly above: boolean;
  readonly armed: boolean;
  /** The period people were last told in, as its first instant. */
  readonly periodStart: Date | null;
  readonly crossedAt: Date | null;
  /** The moment it was last seen to change. */
  readonly changedAt: Date | null;
}

interface Seen {
  readonly usage: number;
  readonly limit: number;
  /** The moment that is looked at. */
  readonly now: Date;
  /** It has passed: it says nothing about a threshold that was seen to change since. */
  readonly isPast?: boolean;
  readonly periodStart: Date;
}

interface Judged {
  readonly states: AlertState[];
  /** The highest share that was crossed upward and is to be told; null for none. */
  readonly crossed: number | null;
  /** Usage has fallen five points below a share people were told of. */
  readonly fell: boolean;
}

/** What usage means for each threshold: once for each period, or once more after it has been five points below. */
export function judgeAlerts(states: readonly AlertState[], seen: Seen): Judged {
  const judged = thresholds.map((threshold) => judge(stateOf(states, threshold), seen));
  const told = judged.filter(({ crossed }) => crossed).map(({ state }) => state.threshold);
  return {
    states: judged.map(({ state }) => state),
    crossed: told.length === 0 ? null : Math.max(...told),
    fell: judged.some(({ fell }) => fell),
  };
}

function stateOf(states: readonly AlertState[], threshold: number): AlertState {
  const unknown = {
    threshold,
    above: false,
    armed: true,
    periodStart: null,
    crossedAt: null,
    changedAt: null,
  };
  return states.find((state) => state.threshold === threshold) ?? unknown;
}

function judge(before: AlertState, seen: Seen) {
  if (seen.isPast && before.changedAt !== null && before.changedAt > seen.now) {
    return { state: before, crossed: false, fell: false };
  }
  const { state, ...judged } = judgeNow(before, seen);
  const isSame = state.above === before.above && state.armed === before.armed && !judged.crossed;
  return { ...judged, state: isSame ? before : { ...state, changedAt: seen.now } };
}

function judgeNow(state: AlertState, { usage, limit, now, periodStart }: Seen) {
  const { threshold, above, armed } = state;
  const share = usage * 100;
  if (share >= threshold * limit) {
    const isNews = !above && (armed || state.periodStart?.getTime() !== periodStart.getTime());
    const told = { ...state, above: true, armed: false, periodStart, crossedAt: now };
    return { state: isNews ? told : { ...state, above: true }, crossed: isNews, fell: false };
  }
  const isArmed = armed || share < (threshold - ARMED_BELOW) * limit;
  return { state: { ...state, above: false, armed: isArmed }, crossed: false, fell: isArmed && !armed };
}
