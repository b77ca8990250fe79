import type { Plan } from "#contract/imports.ts";
import type { StagedRows } from "#server/contacts/staged/staged-rows.ts";
import { createStagedContacts, updateStagedContacts } from "#server/contacts/staged/write-staged-contacts.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { addWhileThere } from "#server/lists/members/change-members.ts";
import type { Chunk, Outcome } from "#server/operations/operation-kind.ts";
import type { Context } from "#server/platform/context.ts";
import { reclaimUniqueValues, releaseUniqueValues } from "#server/properties/claim-unique-values.ts";
import { requirePlan, requireStaged } from "../import.ts";
import { selectImport } from "../queries.ts";
import { staging } from "../staging/queries.ts";
import { changeStatus } from "./change-status.ts";
import { insertLateRejections, type ResolvedRow, selectResolved } from "./queries.ts";
import type { Resolving } from "./resolve.ts";
import type { Written } from "./written.ts";

const ROUNDS = 10;

/**
 * Pass 2, one chunk of lines: new contacts, changed values, opt-outs, bounces and status, in the caller's
 * transaction. Every line ends as created, updated, unchanged or rejected; rejected ones are counted as minus their
 * line, for no contact has a negative id.
 */
export async function writeRows(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const importId = String(chunk.params["importId"]);
  const row = await selectImport(context, importId);
  if (!row) throw new Error(`Import ${importId} is gone`);
  const [first, last] = [chunk.ids[0] as string, chunk.ids.at(-1) as string];
  const resolving = { shape: requireStaged(row), plan: requirePlan(row).plan, lines: { first, last } };
  const rows = await selectResolved(context, resolving, chunk.ids);
  if (rows.length === 0) throw new Error(`The staging table of import ${importId} is empty`);
  const written = await writeUntilSettled(context, {
    resolving,
    rows,
    importId,
    operationId: chunk.operationId,
  });
  reportMissing(chunk.ids, rows, written);
  await insertLateRejections(context, importId, written.rejected);
  const status = await changeStatus(context, {
    rows,
    written,
    plan: resolving.plan,
    importId,
    operationId: chunk.operationId,
  });
  await addToChosenList(context, { plan: resolving.plan, written, importId, operationId: chunk.operationId });
  await recordEvent(context, {
    type: "contact.imported",
    operationId: chunk.operationId,
    details: {
      importId,
      chunk: chunk.number,
      created: written.created.size,
      updated: written.changedIds.size,
    },
  });
  return groups(written, status);
}

interface Adding {
  readonly plan: Plan;
  readonly written: Written;
  readonly importId: string;
  readonly operationId: string;
}

/** Everybody in the file, whether the row changed anything or not. */
async function addToChosenList(
  context: Context,
  { plan, written, importId, operationId }: Adding,
): Promise<void> {
  // Plans made before lists could be chosen have none.
  const listId = plan.listId ?? null;
  if (listId === null) return;
  const ids = [...new Set([...written.created.values(), ...written.known.values()])];
  await addWhileThere(context, {
    listId,
    ids,
    sourceType: "CONTACT_IMPORT",
    sourceId: importId,
    operationId,
  });
}

interface Writing {
  readonly resolving: Resolving;
  readonly rows: readonly ResolvedRow[];
  readonly importId: string;
  readonly operationId: string;
}

/** Rows that lose their address to somebody else's new contact in this very moment are looked up again. */
async function writeUntilSettled(context: Context, writing: Writing): Promise<Written> {
  const written: Written = { created: new Map(), known: new Map(), changedIds: new Set(), rejected: [] };
  let pending: readonly ResolvedRow[] = writing.rows;
  for (let round = 0; pending.length > 0; round++) {
    if (round === ROUNDS) throw retried(`${pending.length} rows keep meeting other writers`);
    const lost = await writeOnce(context, { ...writing, rows: pending }, written);
    pending = lost.length > 0 ? await selectResolved(context, writing.resolving, lost) : [];
  }
  return written;
}

async function writeOnce(
  context: Context,
  { resolving, rows, ...origin }: Writing,
  written: Written,
): Promise<string[]> {
  const staged = stagedRows(resolving);
  const good = rows.filter((row) => row.code === null);
  for (const { line, code } of rows) if (code !== null) written.rejected.push({ line, code });
  const fresh = good.filter((row) => row.known === null);
  const { created, lost } = await createStagedContacts(context, staged, {
    ...origin,
    lines: fresh.map((row) => row.line),
    withEmail: new Set(fresh.filter((row) => row.hasEmail).map((row) => row.line)),
  });
  created.lines.forEach((line, i) => written.created.set(line, created.ids[i] as string));
  const matches = good.filter((row) => row.known !== null);
  const moveEmail = staged.hasEmail && resolving.plan.match !== "email";
  const updated = await updateStagedContacts(context, staged, {
    ...origin,
    lines: matches.map((row) => row.line),
    ids: matches.map((row) => row.known as string),
    moveEmail,
  });
  noteMatches(matches, updated, written);
  await claimValues(context, resolving.shape.unique, [...created.ids, ...updated.changedIds]);
  return lost;
}

function noteMatches(
  matches: readonly ResolvedRow[],
  { changedIds, gone }: { changedIds: readonly string[]; gone: readonly string[] },
  written: Written,
): void {
  const missing = new Set(gone);
  for (const { line, known } of matches) {
    if (missing.has(known as string)) written.rejected.push({ line, code: "changed_meanwhile" });
    else written.known.set(line, known as string);
  }
  for (const id of changedIds) written.changedIds.add(id);
}

async function claimValues(
  context: Context,
  unique: readonly string[],
  ids: readonly string[],
): Promise<void> {
  if (unique.length === 0 || ids.length === 0) return;
  await releaseUniqueValues(context, ids);
  const lost = await reclaimUniqueValues(context, ids);
  if (lost.length > 0) throw retried(`${lost.length} unique values were taken meanwhile`);
}

/** Makes the transaction run again, as after a deadlock: what another writer did is visible then. */
function retried(message: string): Error {
  return Object.assign(new Error(message), { code: "40001" });
}

function stagedRows({ shape, lines }: Resolving): StagedRows {
  return {
    ...shape,
    table: staging(shape.importId),
    columns: shape.columns.map(({ name }) => name),
    first: lines?.first ?? "0",
    last: lines?.last ?? "0",
  };
}

/** Lines that reading again (after a lost staging table) has rejected by newer rules. */
function reportMissing(lines: readonly string[], rows: readonly ResolvedRow[], written: Written): void {
  if (rows.length === lines.length) return;
  const found = new Set(rows.map((row) => row.line));
  for (const line of lines) if (!found.has(line)) written.rejected.push({ line, code: "changed_meanwhile" });
}

interface StatusResult {
  readonly changed: ReadonlySet<string>;
  readonly raised: ReadonlySet<string>;
  readonly kept: ReadonlyMap<string, string>;
}

function groups(written: Written, status: StatusResult): Outcome[] {
  const found = new Map<string, string[]>();
  const add = (outcome: string, id: string) => {
    const reason = status.raised.has(id) ? "set_marketing" : (status.kept.get(id) ?? "");
    const key = `${outcome}:${reason}`;
    const ids = found.get(key);
    if (ids) ids.push(id);
    else found.set(key, [id]);
  };
  for (const id of written.created.values()) add("created", id);
  for (const id of written.known.values())
    add(written.changedIds.has(id) || status.changed.has(id) ? "updated" : "unchanged", id);
  const outcomes: Outcome[] = [...found].map(([key, contactIds]) => {
    const [outcome = "", reason = ""] = key.split(":");
    return { outcome, reason, contactIds };
  });
  if (written.rejected.length > 0) {
    outcomes.push({ outcome: "rejected", contactIds: written.rejected.map(({ line }) => `-${line}`) });
  }
  return outcomes;
}
