import type { z } from "zod";
import type * as contract from "#contract/review.ts";
import { countHeld as countAllHeld } from "#server/marketing-status/holds/count-held.ts";
import { nameSources } from "#server/marketing-status/record/name-sources.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { type HeldRow, selectHeld, selectHeldSources } from "./queries.ts";

type Reply = z.input<typeof contract.listHeld.reply>;

/** Raises that wait for approval, the oldest first, with what was known of each when it was held. */
export async function listHeld(
  context: Context,
  { after, limit, ...source }: z.output<typeof contract.listHeld.input>,
): Promise<Reply> {
  const rows = await selectHeld(context, { ...source, after: readCursor(after), limit: limit + 1 });
  const page = rows.slice(0, limit);
  const sources = await selectHeldSources(context);
  const references = page.map(({ actorType, actorId }) => ({ type: actorType, id: actorId }));
  const actorName = await nameActors(context, references);
  const sourceName = await nameSources(context, [
    ...page,
    ...sources.map(({ type, id }) => ({ sourceType: type, sourceId: id })),
  ]);
  const last = page.at(-1);
  return {
    held: await countAllHeld(context),
    contacts: page.map((row) => shape(row, actorName, sourceName)),
    after: rows.length > limit && last !== undefined ? `${last.exactSince}/${last.id}` : null,
    sources: sources.map((found) => ({ ...found, name: sourceName(found) })),
  };
}

/** How many wait, for badges. */
export async function countHeld(context: Context): Promise<{ held: number }> {
  return { held: await countAllHeld(context) };
}

function readCursor(after: string | undefined): { since: string; id: string } | null {
  if (after === undefined) return null;
  const [since = "", id = ""] = after.split("/");
  if (!/^\d{4}-\d\d-\d\d [\d:.+-]+$/.test(since) || !/^[1-9]\d{0,18}$/.test(id)) {
    throw new AppError("invalid_input", "marketing-status:bad_cursor");
  }
  return { since, id };
}

type Names = (reference: { type: string; id: string | null }) => string | null;

function shape(row: HeldRow, actorName: Names, sourceName: Names): Reply["contacts"][number] {
  const { sourceType, sourceId, actorType, actorId, since, exactSince: _, ...rest } = row;
  const source = { type: sourceType, id: sourceId };
  const actor = { type: actorType, id: actorId };
  return {
    ...rest,
    since: since.toISOString(),
    source: { ...source, name: sourceName(source) },
    actor: { ...actor, name: actorName(actor) },
  };
}
