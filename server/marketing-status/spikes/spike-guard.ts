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
