import type { Context } from "#server/platform/context.ts";
import { type SourceKey, selectPace } from "./queries.ts";
import { allowance, type Direction } from "./spike-guard.ts";

type Wanted = Readonly<Record<Direction, number>>;

interface Spike {
  readonly direction: Direction;
  readonly contacts: number;
  readonly threshold: number;
}

/** Whether a source would be paused if it asked for so many at once; null when it may. Nothing is done. */
export async function foretellSpike(
  context: Context,
  source: SourceKey,
  wanted: Wanted,
): Promise<Spike | null> {
  const pace = await selectPace(context, source);
  const spikes = (["raise", "lower"] as const).map((direction) => {
    const already = direction === "raise" ? pace.raised : pace.lowered;
    return { direction, contacts: already + wanted[direction], threshold: allowance(pace, direction) };
  });
  return spikes.find(({ contacts, threshold }) => contacts > threshold) ?? null;
}
