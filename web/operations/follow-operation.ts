import i18next from "i18next";
import { call, type Reply } from "../api.ts";
import { queryClient } from "../query-client.ts";
import { meQuery } from "../session.ts";
import { createFormat } from "../ui/format.ts";
import { closeToast, isShown, showToast } from "../ui/toast-store.ts";

type Operation = Reply<"GET /api/operations/:operationId">;

const FIRST_MS = 400;
const EVERY_MS = 1_000;
const GIVE_UP_AFTER = 5;
const finished: readonly Operation["state"][] = ["done", "cancelled", "failed"];

/** Outcomes that changed something; the rest were left as they are. */
const changing: ReadonlySet<string> = new Set([
  "scheduled",
  "set_marketing",
  "unscheduled",
  "undone",
  "edited",
  "deleted",
  "opted_out",
  "reverted",
  "restored",
  "restored_held",
  "restored_refused",
  "lifted",
  "added",
  "enrolled",
  "removed",
  "approved",
  "declined",
]);

/**
 * Shows a toast for an operation that has just been started: its progress, which turns into the result with Undo.
 * It outlives the page. Everything on screen is fetched again when the operation has ended.
 */
export function followOperation(operationId: string): void {
  void follow(operationId);
}

/** Takes its toast away: what it said, or offered to undo, no longer holds. */
export function closeOperationToast(operationId: string): void {
  closeToast(toastId(operationId));
}

async function follow(operationId: string): Promise<void> {
  await pause(FIRST_MS);
  for (let shown = false, failures = 0; failures < GIVE_UP_AFTER; await pause(EVERY_MS)) {
    try {
      const operation = await call("GET /api/operations/:operationId", { operationId });
      if (finished.includes(operation.state)) {
        showResult(operation);
        await queryClient.invalidateQueries();
        return;
      }
      if (!shown || isShown(toastId(operationId))) showProgress(operation);
      shown = true;
      failures = 0;
    } catch {
      failures++;
    }
  }
}

function showProgress(operation: Operation): void {
  showToast({
    id: toastId(operation.id),
    title: words(`running.${operation.kind}`, "running.other"),
    progress: { done: operation.done, total: operation.total },
  });
}

function showResult(operation: Operation): void {
  const { id, kind, state } = operation;
  if (state !== "done") {
    showToast({
      id: toastId(id),
      title: words(`${state}.${kind}`, `${state}.other`),
      tone: "bad",
      action: open(id),
    });
    return;
  }
  const again = kind === "undo_decline_held";
  const changed = sum(operation, (outcome) => changing.has(outcome) || (again && outcome === "held"));
  const held = again ? 0 : sum(operation, (outcome) => outcome === "held");
  const left = operation.total - changed - held;
  showToast({
    id: toastId(id),
    title: words(`done.${kind}`, "done.other", { count: changed, ...datesOf(operation) }),
    detail: leftOver({ held, left }),
    action: undoOf(operation) ?? open(id),
  });
}

function leftOver({ held, left }: { held: number; left: number }): string | undefined {
  const parts = [
    ...(held > 0 ? [words("held", "held", { count: held })] : []),
    ...(left > 0 ? [words("left", "left", { count: left })] : []),
  ];
  return parts.length > 0 ? parts.join(" ") : undefined;
}

function undoOf({ id, undo }: Operation) {
  if (!undo.possible || undo.raises) return undefined;
  return { label: words("undo", "undo"), onClick: () => void startUndo(id) };
}

async function startUndo(operationId: string): Promise<void> {
  try {
    const undo = await call("POST /api/operations/:operationId/undo", { operationId });
    followOperation(undo.operationId);
  } catch {
    showToast({ title: words("notUndone", "notUndone"), tone: "bad", action: open(operationId) });
  }
}

function open(operationId: string) {
  return {
    label: words("details", "details"),
    onClick: () => window.location.assign(`/operations/${operationId}`),
  };
}

function sum({ outcomes }: Operation, counts: (outcome: string) => boolean): number {
  return outcomes
    .filter(({ outcome }) => counts(outcome))
    .reduce((total, { contacts }) => total + contacts, 0);
}

/** The date a lowering takes effect, in the account's zone. */
function datesOf({ params }: Operation): { date?: string } {
  const effectiveAt = params["effectiveAt"];
  if (typeof effectiveAt !== "string") return {};
  const zone = queryClient.getQueryData(meQuery.queryKey)?.account?.timeZone ?? "UTC";
  return { date: createFormat(i18next.language, zone).moment(effectiveAt) };
}

function words(key: string, otherwise: string, values: { count?: number; date?: string } = {}): string {
  const format = createFormat(i18next.language, "UTC");
  const number = values.count === undefined ? {} : { number: format.number(values.count) };
  return i18next.t([`operation-toast:${key}`, `operation-toast:${otherwise}`], { ...values, ...number });
}

function toastId(operationId: string): string {
  return `operation-${operationId}`;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
