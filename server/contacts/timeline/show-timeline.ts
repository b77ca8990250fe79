import type { z } from "zod";
import { type showTimeline as endpoint, type TimelineEntry, timelineKinds } from "#contract/contacts.ts";
import { nameSources } from "#server/marketing-status/record/name-sources.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { parseCursor, writeCursor } from "../cursor.ts";
import { findContact } from "../record/require-contact.ts";
import { selectFileNames, selectTimeline, type TimelineRow } from "./queries.ts";

type Reply = z.input<typeof endpoint.reply>;

/** What happened to a contact, newest first: values, status, facts, notes, merges. */
export async function showTimeline(context: Context, input: z.output<typeof endpoint.input>): Promise<Reply> {
  const { id } = await findContact(context, input.contactId);
  const { limit } = input;
  const rows = await selectTimeline(context, {
    contactId: id,
    kinds: readKinds(input.kinds),
    after: readAfter(input.after),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    entries: await describe(context, page),
    after: last ? writeCursor(last.exactly, `${last.kind}${last.id}`) : null,
  };
}

function readKinds(text: string | undefined): readonly TimelineEntry["kind"][] {
  if (text === undefined || text === "") return timelineKinds;
  const asked = text.split(",");
  return timelineKinds.filter((kind) => asked.includes(kind));
}

function readAfter(text: string | undefined) {
  const cursor = parseCursor(text);
  if (!cursor) return null;
  const [, kind = "", id = ""] = /^([a-z]+)(\d+)$/.exec(cursor.id) ?? [];
  if (!kind) throw new AppError("invalid_input", "contacts:bad_page", { after: text });
  return { at: cursor.at, kind, id };
}

async function describe(context: Context, rows: readonly TimelineRow[]): Promise<TimelineEntry[]> {
  const actorName = await nameActors(
    context,
    rows.map(({ actorType, actorId }) => ({ type: actorType, id: actorId })),
  );
  const operations = rows.flatMap(({ operationId }) => (operationId ? [operationId] : []));
  const fileNames = await selectFileNames(context, [...new Set(operations)]);
  const sourceName = await nameSources(context, rows);
  return rows.map((row) => {
    const actor = { type: row.actorType, id: row.actorId };
    const source = { type: row.sourceType, id: row.sourceId };
    const name = fileNames.get(row.operationId ?? "") ?? sourceName(source);
    return shape(row, { ...actor, name: actorName(actor) }, { ...source, name });
  });
}

function shape(
  row: TimelineRow,
  actor: TimelineEntry["actor"],
  source: TimelineEntry["source"],
): TimelineEntry {
  const { kind, id, at, operationId, details } = row;
  const { effectiveAt, updatedAt, oldValues = null, newValues = null, code = null, delta = null } = details;
  return {
    kind,
    id,
    at: at.toISOString(),
    actor,
    source,
    operationId,
    oldValues,
    newValues,
    code,
    delta,
    effectiveAt: effectiveAt ? toIso(effectiveAt) : null,
    updatedAt: updatedAt ? toIso(updatedAt) : null,
    reason: details.reason ?? "",
    body: details.body ?? null,
    mergedId: details.mergedId ?? null,
  };
}

/** JSON made by the database writes `+00:00`. */
function toIso(text: string): string {
  return new Date(text).toISOString();
}
