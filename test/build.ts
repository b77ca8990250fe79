import { permissions } from "#contract/permissions.ts";
import { databaseClock } from "#server/platform/clock.ts";
import type { Actor, Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";

type ContextOverrides = Partial<Omit<Context, "actor" | "db">> & { readonly actor?: Partial<Actor> };

/** Somebody who may do everything, in account 1, unless told otherwise. */
export function buildContext(db: Database, { actor, ...overrides }: ContextOverrides = {}): Context {
  return { db, clock: databaseClock, accountId: "1", ...overrides, actor: { ...allowed, ...actor } };
}

const allowed: Actor = {
  type: "user",
  id: "1",
  permissions: new Set(permissions),
  language: "en",
  timeZone: "Europe/Stockholm",
  operator: false,
};
