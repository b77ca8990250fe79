import type { SourceType } from "../marketing-status.ts";

export interface SpikeSettings {
  /** Of the marketing contacts there are. */
  readonly percent: number;
  readonly contacts: number;
}

export type Direction = "raise" | "lower";

const automatic: ReadonlySet<SourceType> = new Set([
  "CONVERSATION",
  "EMAIL",
  "FORM_SUBMISSION",
  "INTEGRATOR_SET",
  "WORKFLOW",
]);

/** Sources that act without a person who has seen the number; imports and bulk changes were confirmed by one. */
export function isAutomatic(sourceType: SourceType): boolean {
  return automatic.has(sourceType);
}

/** More than this many contacts in an hour is a spike: the larger of a share of usage and a number. */
export function spikeThreshold({ percent, contacts }: SpikeSettings, usage: number): number {
  return Math.max(Math.floor((usage * percent) / 100), contacts);
}

interface Pace extends SpikeSettings {
  readonly usage: number;
  /** What it had asked for when somebody let it go on. */
  readonly granted: { readonly direction: Direction; readonly contacts: number } | null;
}

/**
 * How many a source may change within the hour: what it was let go on with comes on top, or all that waits would pause it
 * again at once.
 */
export function allowance(pace: Pace, direction: Direction): number {
  const granted = pace.granted?.direction === direction ? pace.granted.contacts : 0;
  return spikeThreshold(pace, pace.usage) + granted;
}
