import type { Context } from "#server/platform/context.ts";

/** Who is to be forgotten: the ids they had, those merged into them included, and every address known of them. */
export interface Forgotten {
  readonly ids: readonly string[];
  readonly emails: readonly string[];
}

/** Removes what a later feature keeps about people, in the transaction that erases them. */
export type Eraser = (context: Context, forgotten: Forgotten) => Promise<void>;

const erasers = new Set<Eraser>();

/** Called by features when the program starts. */
export function registerErasers(list: readonly Eraser[]): void {
  for (const eraser of list) erasers.add(eraser);
}

export async function eraseElsewhere(context: Context, forgotten: Forgotten): Promise<void> {
  for (const eraser of erasers) await eraser(context, forgotten);
}
