import type { RawBuilder } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { CheckedCondition, FilterField } from "./filter.ts";

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
}
