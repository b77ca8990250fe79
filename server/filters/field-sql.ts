import type { RawBuilder } from "kysely";
import type { PropertySql, SqlKind } from "#server/properties/property-sql.ts";
import type { AccountDays } from "./queries.ts";

/** A field as SQL about contact `c`, with what it takes to compare it. */
export interface FieldSql {
  readonly kind: SqlKind;
  readonly expression: RawBuilder<unknown>;
  readonly neverNull: boolean;
  readonly days: AccountDays;
  readonly hint?: PropertySql["hint"];
}
