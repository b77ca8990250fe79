import type { Permission } from "#contract/permissions.ts";
import type { Context } from "#server/platform/context.ts";
import type { OperationRow } from "./operation.ts";

/** What became of some contacts: a group of the result page. Groups of a chunk add up to its ids. */
export interface Outcome {
  /** A code such as `scheduled`, `already_waiting`, `skipped`. */
  readonly outcome: string;
  /** Why, where one outcome has several reasons: `protected`, `pinned`; otherwise empty. */
  readonly reason?: string;
  readonly contactIds: readonly string[];
}

/** One piece of an operation's scope, run in one transaction with its mark as done. */
export interface Chunk {
  readonly operationId: string;
  readonly number: number;
  /** Sorted contact ids; for imports the first and last line. */
  readonly ids: readonly string[];
  readonly params: Record<string, unknown>;
  readonly sourceType: string;
  readonly sourceId: string | null;
}

/** A kind of bulk change. Features register theirs when the program starts. */
export interface OperationKind {
  readonly name: string;
  /** Runs before the first chunk of each run, outside of any transaction; may take long. */
  readonly prepare?: (context: Context, params: Record<string, unknown>) => Promise<void>;
  /** True when an earlier chunk must be through before a later one begins, as where room is filled in id order. */
  readonly inOrder?: (context: Context, scope: Pick<OperationRow, "params" | "total">) => Promise<boolean>;
  /**
   * Changes the contacts, set-based, within the caller's transaction, and reports what became of each. Two chunks of an
   * operation may run at the same time.
   */
  readonly runChunk: (context: Context, chunk: Chunk) => Promise<Outcome[]>;
  /** Runs in the transaction that ends the operation. */
  readonly finish?: (context: Context, operationId: string) => Promise<void>;
  /** Tables that change by about as many rows as the scope has contacts: their statistics are refreshed afterwards. */
  readonly writes?: readonly string[];
  readonly undo?: {
    /** The kind of the operation that takes this one back. */
    readonly kind: string;
    /** The outcomes whose contacts were changed: the scope of the undo. */
    readonly outcomes: readonly string[];
    /** True when taking it back now would make contacts count again, so that the number must be typed. */
    readonly raises?: (context: Context, params: Record<string, unknown>) => Promise<boolean>;
  };
  /** Permission that starting, cancelling or undoing it needs. */
  readonly permission: Permission;
}

const kinds = new Map<string, OperationKind>();

export function registerOperationKinds(list: readonly OperationKind[]): void {
  for (const kind of list) kinds.set(kind.name, kind);
}

export function operationKind(name: string): OperationKind {
  const kind = kinds.get(name);
  if (!kind) throw new Error(`No feature has registered the operation kind ${name}`);
  return kind;
}
