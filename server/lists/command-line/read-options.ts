import { type Filter, filter as filterSchema, type Selection } from "#contract/filters.ts";
import { membersOf } from "#server/filters/members-of.ts";
import type { Context } from "#server/platform/context.ts";
import { WrongUseError } from "#server/platform/errors.ts";

export interface ScopeOptions {
  readonly filter?: string;
  readonly ids?: string;
  /** Another list, by number or name. */
  readonly list?: string;
}

/** The contacts an act is about: exactly one of a filter, ids and a list. */
export async function readScope(context: Context, { filter, ids, list }: ScopeOptions): Promise<Selection> {
  if ([filter, ids, list].filter(Boolean).length !== 1) throw new WrongUseError("lists:choose_scope");
  if (ids) return { ids: ids.split(/[\s,]+/).map(requireId) };
  return { filter: list ? await membersOf(context, list) : readFilter(filter ?? ""), query: "" };
}

export function readFilter(json: string): Filter {
  try {
    return filterSchema.parse(JSON.parse(json));
  } catch (error) {
    throw new WrongUseError("lists:bad_filter", {
      problem: error instanceof SyntaxError ? error.message : "filterGroups",
    });
  }
}

export function requireId(id: string): string {
  if (!/^[1-9]\d{0,17}$/.test(id)) throw new WrongUseError("lists:bad_id", { id });
  return id;
}

export function readCount(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const digits = typed.replace(/[\s.,'’\u00a0\u202f]/g, "");
  if (!/^\d{1,15}$/.test(digits)) throw new WrongUseError("lists:not_a_number", { typed });
  return Number(digits);
}
