import type { Language } from "#contract/languages.ts";
import type { Permission } from "#contract/permissions.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./database.ts";
import { AppError } from "./errors.ts";

/** What every act is given: where the data is, whose account, who asks, and what time it is. */
export interface Context {
  readonly db: Database;
  readonly clock: Clock;
  readonly actor: Actor;
  /** Every query names it. Empty only before anybody has signed in to an account. */
  readonly accountId: string;
  /** Fires when the process is stopping: long work lets go at its next safe point. */
  readonly signal?: AbortSignal;
}

export interface Actor {
  readonly type: "user" | "token" | "command" | "system" | "anonymous";
  /** The user's or token's id; null for the command line and the system. */
  readonly id: string | null;
  readonly permissions: ReadonlySet<Permission>;
  readonly language: Language;
  readonly timeZone: string;
  /** Owns the installation: accounts, plans, price book. Apart from any role in an account. */
  readonly operator: boolean;
}

export type Act<Input, Reply> = (context: Context, input: Input) => Promise<Reply>;

const RETRIED = new Set(["40001", "40P01"]);
const ATTEMPTS = 5;

/**
 * Runs the work in one transaction, the caller's if there is one already.
 * Deadlocks and serialisation failures are retried here, so they never reach a person.
 */
export async function inTransaction<T>(context: Context, work: (context: Context) => Promise<T>): Promise<T> {
  if (context.db.isTransaction) return work(context);
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.db.transaction().execute((db) => work({ ...context, db }));
    } catch (error) {
      if (attempt >= ATTEMPTS || !isRetried(error)) throw error;
    }
  }
}

function isRetried(error: unknown): boolean {
  return error instanceof Error && "code" in error && RETRIED.has(String(error.code));
}

/** Refuses, naming the permission, unless the actor has it. */
export function requirePermission({ actor }: Context, permission: Permission): void {
  if (!actor.permissions.has(permission)) {
    throw new AppError("not_allowed", "platform:permission_missing", { permission });
  }
}
