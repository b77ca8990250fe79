import { roomFor } from "#server/billing/growth-policy.ts";
import type { Context } from "#server/platform/context.ts";
import { loadGrowth } from "../holds/load-growth.ts";

/** Other sources may fill room meanwhile: with less than this to spare, it counts as short. */
const SPARE = 20_000;

/**
 * Whether some of so many raises may find no room. Room is filled in id order, so chunks are then worked one after the
 * other; where everybody fits anyway they may be worked side by side.
 */
export async function isRoomShort(context: Context, { total }: { readonly total: number }): Promise<boolean> {
  const growth = await loadGrowth(context);
  const room = roomFor(growth, growth.usage, total);
  return room !== null && room.contacts < total + SPARE;
}
