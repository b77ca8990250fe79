import type { RawBuilder } from "kysely";
import type { z } from "zod";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import type * as contract from "#contract/workflow-history.ts";
import { requireContact } from "#server/contacts/record/require-contact.ts";
import { whereMatches } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { text } from "#server/platform/texts.ts";
import { requireWorkflow } from "../builder/show-workflow.ts";
import type { Values } from "../execution/enrolled.ts";
import {
  type EnrollmentRow,
  type HistoryRow,
  selectDays,
  selectDefinitions,
  selectEnrollments,
  selectEnrollmentsOf,
  selectHistory,
  selectInside,
  selectStepNumbers,
  selectTotals,
} from "./queries.ts";

export async function listEnrollments(
  context: Context,
  input: z.output<typeof contract.listEnrollments.input>,
): Promise<z.input<typeof contract.listEnrollments.reply>> {
  await requireWorkflow(context, input.workflowId);
  const who = await matching(context, input.query);
  const found = await selectEnrollments(context, { ...input, who, limit: input.limit + 1 });
  const page = found.slice(0, input.limit);
  return {
    enrollments: page.map((row) => ({
      id: row.id,
      contact: { id: row.contactId, name: row.name, email: row.email, deleted: row.deleted },
      tries: row.tries,
      ...standing(context, row),
    })),
    after: found.length > page.length ? (page.at(-1)?.id ?? null) : null,
  };
}

/** The words of a search, about contact `c`. */
function matching(context: Context, query: string): Promise<RawBuilder<boolean>> | undefined {
  if (query.trim() === "") return undefined;
  return whereMatches(context, { filter: { filterGroups: [] }, query });
}

function standing(context: Context, row: EnrollmentRow) {
  const { state, step, reason, details, dueAt, enrolledAt, endedAt, version, cause } = row;
  return {
    version,
    state,
    step,
    cause,
    reason: reason === null || reason === "happened" ? null : reasonText(context, reason, details ?? {}),
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
  const who = await matching(context, input.query);
  const found = await selectHistory(context, { ...input, who, limit: input.limit + 1 });
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
      id: row.id,
      workflow: { id: row.workflowId, name: row.workflowName, deleted: row.workflowDeleted },
      ...standing(context, row),
      entries: entries
        .filter(({ enrollmentId }) => enrollmentId === row.id)
        .map((entry) => entryView(context, entry)),
    })),
    definitions: (await selectDefinitions(context, rows)).map(({ definition, ...version }) => ({
      ...version,
      definition: workflowDefinition.parse(definition),
    })),
  };
}

export async function showNumbers(
  context: Context,
  { workflowId, days = 90 }: { workflowId: string; days?: number },
): Promise<z.input<typeof contract.showWorkflowNumbers.reply>> {
  const { version } = await requireWorkflow(context, workflowId);
  return {
    steps: version === null ? [] : await selectStepNumbers(context, { workflowId, version }),
    inside: await selectInside(context, workflowId),
    total: await selectTotals(context, workflowId),
    days: await selectDays(context, { workflowId, days }),
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
    read: readOf(details),
  };
}

function readOf({ read }: Record<string, unknown>): { propertyName: string; value: string | null }[] {
  return Object.entries((read ?? {}) as Values).map(([propertyName, value]) => ({ propertyName, value }));
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
