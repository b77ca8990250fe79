import type { Plan } from "#contract/imports.ts";
import { followProtection } from "#server/marketing-status/protection/follow-protection.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import type { Context } from "#server/platform/context.ts";
import { protectAllSuppressed } from "#server/subscriptions/protect-suppressed.ts";
import { type NewFact, PROTECTING_DAYS } from "#server/subscriptions/protection.ts";
import { saveFacts } from "#server/subscriptions/save-facts.ts";
import type { ResolvedRow } from "./queries.ts";
import type { Written } from "./written.ts";

interface Change {
  readonly rows: readonly ResolvedRow[];
  readonly written: Written;
  readonly plan: Plan;
  readonly importId: string;
  readonly operationId: string;
}

export interface StatusChanges {
  /** Contacts whose status or protection the rows changed. */
  readonly changed: Set<string>;
  readonly raised: Set<string>;
  /** Those that were not raised, and why: `protected`, `held` or `refused`. */
  readonly kept: Map<string, string>;
}

/** Opt-outs and bounces first, so that they protect; then the status each row asks for. */
export async function changeStatus(context: Context, change: Change): Promise<StatusChanges> {
  const { importId, operationId, plan, written } = change;
  const source = { sourceType: "CONTACT_IMPORT", sourceId: importId, operationId } as const;
  const rows = withContacts(change);
  const result: StatusChanges = { changed: new Set(), raised: new Set(), kept: new Map() };
  const saved = await saveFacts(context, { facts: rows.flatMap(factsOf), ...source });
  for (const id of saved.changed) result.changed.add(id);
  const addressed = plan.match === "email" ? written.created.values() : everybody(written);
  const remembered = await protectAllSuppressed(context, [...addressed], operationId);
  for (const id of remembered.becameProtected) result.changed.add(id);
  const newlyProtected = [...saved.becameProtected, ...remembered.becameProtected];
  if (newlyProtected.length > 0) await followProtection(context, { ids: newlyProtected, ...source });
  const wanting = (...wants: ResolvedRow["wants"][]) =>
    rows.filter((row) => wants.includes(row.wants) && row.wants !== row.has);
  const raise = [...wanting("marketing"), ...wanting("waiting").filter(({ has }) => has === null)];
  await raiseContacts(
    context,
    { ids: raise.map(({ id }) => id), ...source, includeProtected: change.plan.includeProtected },
    result,
  );
  const lower = wanting("waiting", "non_marketing").filter(
    ({ has, wants }) => has !== null || wants === "waiting",
  );
  if (lower.length > 0) {
    const outcomes = await setNonMarketing(context, { ids: lower.map(({ id }) => id), ...source });
    for (const { outcome, contactIds } of outcomes) {
      if (outcome === "scheduled") for (const id of contactIds) result.changed.add(id);
    }
  }
  return result;
}

/** Matched some other way than by the address, a known contact too may have got a new one. */
function everybody({ created, known }: Written): string[] {
  return [...created.values(), ...known.values()];
}

const keptFor: Record<string, string> = {
  skipped: "protected",
  held: "held",
  already_held: "held",
  refused: "refused",
};

type Raise = Parameters<typeof setMarketing>[1];

async function raiseContacts(context: Context, raise: Raise, result: StatusChanges): Promise<void> {
  if (raise.ids.length === 0) return;
  for (const { outcome, contactIds } of await setMarketing(context, raise)) {
    for (const id of contactIds) {
      const reason = keptFor[outcome];
      if (reason !== undefined) result.kept.set(id, reason);
      if (outcome === "held") result.changed.add(id);
      if (outcome !== "set_marketing" && outcome !== "unscheduled") continue;
      result.changed.add(id);
      result.raised.add(id);
    }
  }
}

type WrittenRow = ResolvedRow & { readonly id: string };

function withContacts({ rows, written }: Change): WrittenRow[] {
  return rows.flatMap((row) => {
    if (row.wants === null && !row.optedOut && row.bounce === null) return [];
    const id = written.created.get(row.line) ?? written.known.get(row.line);
    return id === undefined ? [] : [{ ...row, id }];
  });
}

function factsOf(row: WrittenRow): NewFact[] {
  const facts: NewFact[] = [];
  if (row.optedOut)
    facts.push({ contactId: row.id, kind: "opt_out", reason: "import", at: row.optedOutAt ?? undefined });
  if (row.bounce !== null) {
    facts.push({
      contactId: row.id,
      kind: "bounce",
      reason: row.bounce,
      at: row.bouncedAt ?? undefined,
      // Another tool has concluded that it is final: it protects, whatever its reason.
      days: PROTECTING_DAYS,
    });
  }
  return facts;
}
