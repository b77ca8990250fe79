import { isDeepStrictEqual } from "node:util";
import { startStatusFor } from "#server/marketing-status/bulk/start-status.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { chosenContacts } from "./choose-contacts.ts";
import { type CleanupChoice, chosenOf, isNobody } from "./cleanup-choice.ts";
import { finishDraft } from "./queries.ts";
import { loadDraft } from "./save-draft.ts";

interface Input {
  readonly draftId: string;
  /** How many the review promised to schedule; refused with the true number when it has changed. */
  readonly expect: number;
  /** The choice that was reviewed: as many may be others. */
  readonly choice?: CleanupChoice | undefined;
}

/** Sets everybody who was chosen as non-marketing, as one operation. Pressed twice it is still one. */
export function carryOutDraft(
  context: Context,
  { draftId, expect, choice }: Input,
): Promise<{ operationId: string }> {
  return inTransaction(context, async (context) => {
    const draft = await loadDraft(context, draftId, true);
    if (draft.operationId !== null) return { operationId: draft.operationId };
    if (choice !== undefined && !isDeepStrictEqual(choice, draft.choice))
      throw new AppError("conflict", "cleanup:draft_changed", { draftId });
    const chosen = chosenOf(draft.choice);
    if (isNobody(chosen)) throw new AppError("invalid_input", "cleanup:nobody_chosen");
    const started = await startStatusFor(context, {
      scope: await chosenContacts(context, chosen),
      to: "non_marketing",
      includeProtected: true,
      expect,
      params: { cleanup: { draftId, ...chosen } },
      source: { sourceType: "USER_SET", sourceId: context.actor.id },
    });
    await finishDraft(context, draftId, started.operationId);
    return started;
  });
}
