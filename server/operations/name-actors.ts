import type { Context } from "#server/platform/context.ts";
import { selectActorNames } from "./queries.ts";

interface ActorReference {
  readonly type: string;
  readonly id: string | null;
}

/** Resolves who did something to the names they have now, for many at once. */
export async function nameActors(
  context: Context,
  actors: readonly ActorReference[],
): Promise<(actor: ActorReference) => string | null> {
  const ids = (type: string) => [
    ...new Set(actors.flatMap((actor) => (actor.type === type && actor.id ? [actor.id] : []))),
  ];
  const names = await selectActorNames(context, ids("user"), ids("token"));
  const byKey = new Map(names.map(({ key, name }) => [key, name]));
  return ({ type, id }) => byKey.get(`${type}:${id}`) ?? null;
}
