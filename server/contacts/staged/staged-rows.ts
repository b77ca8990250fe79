import { type RawBuilder, sql } from "kysely";
import { builtInProperty } from "#server/properties/built-in-properties.ts";

/** A table of typed rows on their way into `contact`: columns `line`, `email`, `p_<property>`,
 * `custom`, and `written`: all filled values as the history keeps them, texts by property name. */
export interface StagedRows {
  readonly table: RawBuilder<unknown>;
  readonly first: string;
  readonly last: string;
  /** Names of built-in properties that have a column; the e-mail address is apart. */
  readonly columns: readonly string[];
  readonly hasEmail: boolean;
  readonly hasCustom: boolean;
}

/** The column of `contact c` a property lives in, and the staged row's cell for it. */
export const column = (name: string) => sql.id(builtInProperty(name)?.column ?? name);
export const cell = (name: string) => sql.ref(`s.p_${name}`);

/** True where a filled cell says something else than the contact `c`. Empty cells never clear a value. */
export function stagedDiffers(
  staged: Omit<StagedRows, "first" | "last" | "table">,
  withEmail: boolean,
): RawBuilder<boolean> {
  const parts = staged.columns.map(
    (name) =>
      sql`${cell(name)} <> c.${column(name)} or c.${column(name)} is null and ${cell(name)} is not null`,
  );
  if (withEmail && staged.hasEmail) parts.push(sql`s.email is not null and s.email is distinct from c.email`);
  if (staged.hasCustom) parts.push(sql`s.custom is not null and not c.custom @> s.custom`);
  return parts.length > 0
    ? sql<boolean>`coalesce(${sql.join(parts, sql` or `)}, false)`
    : sql<boolean>`false`;
}
