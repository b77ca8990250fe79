import type { z } from "zod";
import type * as contract from "#contract/workflow-history.ts";
import { requireContact } from "#server/contacts/record/require-contact.ts";
import type { Context } from "#server/platform/context.ts";
import { text } from "#server/platform/texts.ts";
import { requireWorkflow } from "../builder/show-workflow.ts";
import {
  type EnrollmentRow,
  type HistoryRow,
  selectDays,
  selectEnrollments,
  selectEnrollmentsOf,
  selectHistory,
  selectInside,
  selectStepNumbers,
} from "./queries.ts";

export async function listEnrollments(
  context: Context,
  input: z.output<typeof contract.listEnrollments.input>,
): Promise<z.input<typeof contract.listEnrollments.reply>> {
  await requireWorkflow(context, input.workflowId);
  const found = await selectEnrollments(context, { ...input, limit: input.limit + 1 });
  const page = found.slice(0, input.limit);
  return {
    enrollments: page.map((row) => ({
      id: row.id,
      contact: { id: row.contactId, name: row.name, email: row.email, deleted: row.deleted },
      version: row.version,
      tries: row.tries,
      ...standing(context, row),
    })),
    after: found.length > page.length ? (page.at(-1)?.id ?? null) : null,
  };
}

function standing(context: Context, { state, step, reason, dueAt, enrolledAt, endedAt }: EnrollmentRow) {
  return {
    state,
    step,
    reason: reason === null || reason === "happened" ? null : reasonText(context, reason, {}),
    dueAt: dueAt?.toISOString() ?? null,
    enrolledAt: enrolledAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

export async function listHistory(
  context: Context,
  input: z.output<typeof contract.listWorkflowHistory.input>,
): Promise<z.input<typeof contract.listWorkflowHistory.reply>> {
  await requireWorkflow(context, input.workflowId);
  const found = await selectHistory(context, { ...input, limit: input.limit + 1 });
  const page = found.slice(0, input.limit);
  return {
    entries: page.map((row) => entryView(context, row)),
    after: found.length > page.length ? (page.at(-1)?.id ?? null) : null,
  };
}

/** A contact's ways through workflows, with what happened on each. */
export async function listContactWorkflows(
  context: Context,
  input: z.output<typeof contract.listContactWorkflows.input>,
): Promise<z.input<typeof contract.listContactWorkflows.reply>> {
  const { id: contactId } = await requireContact(context, input.contactId);
  const rows = await selectEnrollmentsOf(context, contactId);
  const entries = await selectHistory(context, { contactId, limit: 500 });
  return {
    enrollments: rows.map((row) => ({
      workflow: { id: row.workflowId, name: row.workflowName },
      ...standing(context, row),
      entries: entries
        .filter(({ enrollmentId }) => enrollmentId === row.id)
        .map((entry) => entryView(context, entry)),
    })),
  };
}

export async function showNumbers(
  context: Context,
  { workflowId }: { workflowId: string },
): Promise<z.input<typeof contract.showWorkflowNumbers.reply>> {
  const { version } = await requireWorkflow(context, workflowId);
  return {
    steps: version === null ? [] : await selectStepNumbers(context, { workflowId, version }),
    inside: await selectInside(context, workflowId),
    days: await selectDays(context, workflowId),
  };
}

function entryView(context: Context, row: HistoryRow): z.input<typeof contract.historyEntry> {
  const { contactId, name, deleted, workflowId, workflowName, at, details, kind, outcome, ...entry } = row;
  const nextTry = details["nextTry"];
  const troubled = kind === "info" || kind === "parked" || kind === "left";
  return {
    id: entry.id,
    enrollmentId: entry.enrollmentId,
    version: entry.version,
    step: entry.step,
    action: entry.action,
    attempt: entry.attempt,
    operationId: entry.operationId,
    contact: { id: contactId, name, deleted },
    workflow: { id: workflowId, name: workflowName },
    at: at.toISOString(),
    kind,
    outcome,
    message: troubled ? reasonText(context, outcome, details) : null,
    nextTry: typeof nextTry === "string" ? nextTry : null,
  };
}

/** Why it could not be done, or why somebody has left, as a sentence. */
function reasonText(
  { actor: { language } }: Context,
  reason: string,
  details: Record<string, unknown>,
): string {
  const key = details["key"];
  if (reason === "refused" && typeof key === "string") return text(language, key, details);
  return text(language, `workflows:reason_${reason}`, details);
}
