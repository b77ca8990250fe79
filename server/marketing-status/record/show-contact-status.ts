import type { z } from "zod";
import type * as contract from "#contract/marketing-status.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { nextUpdateInstant } from "#server/billing/update-instant.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { type LoweredHold, selectHold, selectLoweredHold } from "../holds/queries.ts";
import { statusAt } from "../marketing-status.ts";
import { nameSources } from "./name-sources.ts";
import {
  type FactRow,
  type LedgerRow,
  type StatusRow,
  selectFacts,
  selectLedger,
  selectStatus,
} from "./queries.ts";

type Shown = z.input<typeof contract.contactStatus>;
type Names = (reference: { type: string; id: string | null }) => string | null;

/** What holds a contact where it is, and the whole ledger that proves it. */
export async function showContactStatus(
  context: Context,
  { contactId }: { contactId: string },
): Promise<Shown> {
  const row = await requireContact(context, contactId);
  const { calendar, now } = await loadBilling(context);
  const ledger = await selectLedger(context, contactId);
  const facts = await selectFacts(context, contactId);
  const hold = await selectHold(context, contactId);
  const lowered = hold ? undefined : await selectLoweredHold(context, contactId);
  const actorName = await nameActors(
    context,
    [...ledger, ...facts].map(({ actorType, actorId }) => ({ type: actorType, id: actorId })),
  );
  const sourceName = await nameSources(context, [...ledger, ...facts, row, ...(hold ? [hold] : [])]);
  const nextUpdate = nextUpdateInstant(calendar, now);
  return {
    status: statusAt(row.until, now),
    until: row.until instanceof Date && row.until > now ? row.until.toISOString() : null,
    since: statusAt(row.until, now) === "non_marketing" ? null : (row.since?.toISOString() ?? null),
    source: row.sourceType ? source(row.sourceType, row.sourceId, sourceName) : null,
    pin: row.pin,
    held: hold
      ? {
          since: hold.since.toISOString(),
          why: hold.why,
          source: source(hold.sourceType, hold.sourceId, sourceName),
        }
      : null,
    protected: row.protected,
    facts: facts.map((fact) => shapeFact(fact, actorName, sourceName)),
    changes: ledger.map((entry) => shapeChange(entry, actorName, sourceName)),
    undo: undoOf(ledger[0], lowered),
    nextUpdate: nextUpdate.toISOString(),
    timeZone: calendar.timeZone,
  };
}

/** A contact of another account answers exactly like one that does not exist. */
export async function requireContact(context: Context, contactId: string): Promise<StatusRow> {
  const row = await selectStatus(context, contactId);
  if (!row) throw new AppError("not_found", "marketing-status:contact_not_found", { contactId });
  return row;
}

const undoable = new Set(["set_marketing", "scheduled", "unscheduled", "became_non_marketing"]);

function undoOf(latest: LedgerRow | undefined, lowered: LoweredHold | undefined): Shown["undo"] {
  if (lowered && !(latest && latest.recordedAt >= lowered.endedAt)) {
    return { changeId: null, holdId: lowered.id, untilRaise: null };
  }
  if (!latest || !undoable.has(latest.kind)) return null;
  return {
    changeId: latest.id,
    holdId: null,
    untilRaise: latest.kind === "scheduled" ? latest.effectiveAt.toISOString() : null,
  };
}

function source(type: string, id: string | null, names: Names): Shown["facts"][number]["source"] {
  return { type, id, name: names({ type, id }) };
}

function shapeFact(fact: FactRow, actorName: Names, sourceName: Names): Shown["facts"][number] {
  const actor = { type: fact.actorType, id: fact.actorId };
  return {
    kind: fact.kind,
    at: fact.at.toISOString(),
    reason: fact.reason,
    protects: fact.protects,
    source: source(fact.sourceType, fact.sourceId, sourceName),
    actor: { ...actor, name: actorName(actor) },
  };
}

function shapeChange(entry: LedgerRow, actorName: Names, sourceName: Names): Shown["changes"][number] {
  const { sourceType, sourceId, actorType, actorId, recordedAt, effectiveAt, kind, ...rest } = entry;
  const actor = { type: actorType, id: actorId };
  return {
    ...rest,
    kind: kind as Shown["changes"][number]["kind"],
    recordedAt: recordedAt.toISOString(),
    effectiveAt: effectiveAt.toISOString(),
    source: source(sourceType, sourceId, sourceName),
    actor: { ...actor, name: actorName(actor) },
  };
}
