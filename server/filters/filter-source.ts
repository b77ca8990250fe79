import type { RawBuilder } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { Catalogue } from "#server/properties/property.ts";
import type { CheckedCondition, FilterField } from "./filter.ts";

export type MatchesCondition = (condition: CheckedCondition) => RawBuilder<boolean>;

/** What a source may need to know of the filter it is part of. */
export interface Preparing {
  readonly catalogue: Catalogue;
  /** Take what the source keeps as it stands, instead of looking through to what it was worked out from. */
  readonly asKept: boolean;
}

/**
 * Something besides properties that people filter by, such as a pin or the membership of a list.
 * Its name has a dot, which no property's name has.
 */
export interface FilterSource extends FilterField {
  /** Values to choose from; screens name them by texts. */
  readonly options?: readonly string[];
  /** The value of contact `c` as SQL of the source's type; null is "no value". Compared like a property. */
  readonly expression?: (context: Context) => RawBuilder<unknown>;
  /** Decides by itself, instead of `expression`, whether contact `c` matches; never null. */
  readonly matches?: (context: Context, condition: CheckedCondition) => RawBuilder<boolean>;
  /** Like `matches`, for what has to be looked up first; may refuse. Called once a filter, with all its conditions. */
  readonly prepare?: (
    context: Context,
    conditions: readonly CheckedCondition[],
    preparing: Preparing,
  ) => Promise<MatchesCondition>;
  /** What decides about it: `contact.<column>`, or the name of a table of facts. Without it, anything may. */
  readonly reads?: (condition: CheckedCondition) => readonly string[];
  /** Other contacts decide too, so nobody can tell from a contact's own changes when it begins or ceases to match. */
  readonly ofOthers?: true;
  /** The value that people mean by what they typed on the command line; refuses what means none. */
  readonly named?: (context: Context, typed: string) => Promise<string>;
}
