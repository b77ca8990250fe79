import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";

/** The id of the person who asks. Refuses tokens and programs: some things only people have. */
export function requireUser({ actor }: Context): string {
  if (actor.type !== "user" || actor.id === null) throw new AppError("not_allowed", "accounts:people_only");
  return actor.id;
}
