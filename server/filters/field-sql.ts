import type { RawBuilder } from "kysely";
import type { Clock } from "#server/platform/clock.ts";
import type { SqlKind } from "#server/properties/property-sql.ts";

/** A field as SQL about contact `c`, with what it takes to compare it. */
export interface FieldSql {
  readonly kind: SqlKind;
  readonly expression: RawBuilder<unknown>;
  readonly neverNull: boolean;
  readonly clock: Clock;
  readonly zone: string;
}
