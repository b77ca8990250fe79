import { whereMatches } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import type { Catalogue } from "#server/properties/property.ts";
import { storeProblem } from "../definition/store-problem.ts";
import type { CompiledList, KeptList } from "./upkeep.ts";

/**
 * The lists that can be worked out. One whose filter has come to mean nothing (its property was archived) gets its
 * problem written down, keeps its members, and is worked out anew once the filter can be read again.
 */
export async function compileLists(
  context: Context,
  lists: readonly KeptList[],
  catalogue: Catalogue,
): Promise<CompiledList[]> {
  const compiled: CompiledList[] = [];
  for (const list of lists) {
    const matches = await compile(context, list, catalogue);
    if (matches) compiled.push({ ...list, matches });
  }
  return compiled;
}

async function compile(
  context: Context,
  { id, filter, problem }: KeptList,
  catalogue: Catalogue,
): Promise<CompiledList["matches"] | null> {
  try {
    return await whereMatches(context, { filter, query: "", catalogue, asKept: true });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { reason, details } = error;
    if (problem?.reason !== reason) await storeProblem(context, id, { reason, details });
    return null;
  }
}
