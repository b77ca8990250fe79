import { type Filter, filter as filterSchema, type Selection } from "#contract/filters.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError, WrongUseError } from "#server/platform/errors.ts";
import { parseAsked } from "#server/platform/parse-input.ts";
import { membersOf } from "./members-of.ts";

/** The options with which a command says which contacts. */
export interface ScopeOptions {
  readonly filter?: string;
  readonly ids?: string;
  /** A list, by number or name. */
  readonly list?: string;
  /** Only where a command offers it. */
  readonly all?: boolean;
}

/** The contacts that a command is about: exactly one of the ways. */
export async function readSelection(
  context: Context,
  { filter, ids, list, all }: ScopeOptions,
  ways: readonly (keyof ScopeOptions)[],
): Promise<Selection> {
  if ([filter, ids, list, all].filter(Boolean).length !== 1) {
    const options = ways.map((way) => `--${way}`).join(", ");
    throw new WrongUseError("filters:choose_scope", { options });
  }
  if (ids) return { ids: ids.split(/[\s,]+/).map(readId) };
  if (list) return { filter: await membersOf(context, list), query: "" };
  return { filter: all ? { filterGroups: [] } : readFilter(filter ?? ""), query: "" };
}

/** A filter as JSON on the command line. A misspelt field would widen it, at worst to everybody. */
export function readFilter(json: string): Filter {
  try {
    return parseAsked(filterSchema, JSON.parse(json));
  } catch (error) {
    if (error instanceof AppError) throw new WrongUseError(error.reason, error.details);
    throw new WrongUseError("filters:unreadable", { problem: (error as Error).message });
  }
}

export function readId(id: string): string {
  if (!/^[1-9]\d{0,17}$/.test(id)) throw new WrongUseError("filters:bad_id", { id });
  return id;
}
