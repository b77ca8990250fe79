import type { Actor, Context } from "#server/platform/context.ts";

/** How long an undo is possible, and how long a runner holds an operation without a sign of life. */
const UNDO_DAYS = 90;
export const LEASE_SECONDS = 45;
/** Contacts in a chunk: one transaction each, well under 2 s. */
export const CHUNK_SIZE = 10_000;
/** From so many contacts on a change is worth new statistics. */
export const MASS_CHANGE = 5_000;
/** Runs of the same operation that may die before it is given up as failed. */
export const MAX_ATTEMPTS = 8;

export interface OperationRow {
  readonly id: string;
  readonly kind: string;
  readonly state: "queued" | "running" | "needs_confirmation" | "done" | "cancelled" | "failed";
  readonly params: Record<string, unknown>;
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly actorType: Actor["type"];
  readonly actorId: string | null;
  readonly total: number;
  readonly done: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly cancelRequestedAt: Date | null;
  readonly attempt: number;
  readonly failure: string | null;
  readonly undoOf: string | null;
  readonly undoneBy: string | null;
}

const FINISHED = new Set(["done", "cancelled", "failed"]);

export function isFinished(operation: Pick<OperationRow, "state">): boolean {
  return FINISHED.has(operation.state);
}

/** The last moment an operation can be undone. */
export function undoUntil(operation: Pick<OperationRow, "createdAt">): Date {
  return new Date(operation.createdAt.getTime() + UNDO_DAYS * 86_400_000);
}

/** The author's context, in which the operation's chunks run, whoever's process works on it. */
export function authorContext(context: Context, operation: OperationRow): Context {
  return { ...context, actor: { ...context.actor, type: operation.actorType, id: operation.actorId } };
}
