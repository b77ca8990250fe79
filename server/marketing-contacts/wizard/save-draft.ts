import type { z } from "zod";
import type { openCleanupDraft as endpoint } from "#contract/wizard.ts";
import { requireMarketingContacts } from "#server/billing/require-plan.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { chosenContacts } from "./choose-contacts.ts";
import { type CleanupChoice, chosenOf, firstChoice } from "./cleanup-choice.ts";
import { type DraftRow, openDraft, removeDraft, selectDraft, updateDraft } from "./queries.ts";

type Draft = z.input<typeof endpoint.reply>;

/** The person's unfinished wizard, as they left it; a fresh one where there is none. */
export function openCleanupDraft(context: Context): Promise<Draft> {
  return inTransaction(context, async (context) => {
    await requireMarketingContacts(context);
    return present(await openDraft(context, firstChoice));
  });
}

export async function showCleanupDraft(context: Context, { draftId }: { draftId: string }): Promise<Draft> {
  return present(await loadDraft(context, draftId));
}

/** Keeps the choice, if its filter and lists can be read. */
export async function saveCleanupDraft(
  context: Context,
  { draftId, choice }: { draftId: string; choice: CleanupChoice },
): Promise<Draft> {
  await chosenContacts(context, chosenOf(choice));
  const saved = await updateDraft(context, draftId, choice);
  if (saved !== undefined) return present(saved);
  await loadDraft(context, draftId);
  throw new AppError("conflict", "cleanup:draft_finished", { draftId });
}

export async function deleteCleanupDraft(
  context: Context,
  { draftId }: { draftId: string },
): Promise<Record<string, never>> {
  await removeDraft(context, draftId);
  return {};
}

/** One of the person's own; anybody else's answers as a missing one. */
export async function loadDraft(context: Context, draftId: string, forUpdate = false): Promise<DraftRow> {
  const draft = await selectDraft(context, { draftId, forUpdate });
  if (draft === undefined) throw new AppError("not_found", "cleanup:draft_not_found", { draftId });
  return draft;
}

function present({ id, choice, operationId, updatedAt }: DraftRow): Draft {
  return { id, choice, operationId, updatedAt: updatedAt.toISOString() };
}
