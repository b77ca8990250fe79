import { type RawBuilder, sql } from "kysely";
import type { CheckedCondition } from "./filter.ts";
import type { FilterSource } from "./filter-source.ts";

const problems = ["opt_out", "bounce", "complaint"];

/** What people filter by besides properties, from facts of tables that every account has. */
export const builtInSources: readonly FilterSource[] = [
  {
    name: "marketing.pin",
    type: "enumeration",
    multiple: false,
    options: ["always", "never"],
    reads: () => ["marketing_pin"],
    expression: () => sql`(select p.pin from marketing_pin p where ${ofContact("p")})`,
  },
  {
    name: "marketing.protected",
    type: "bool",
    multiple: false,
    reads: () => ["subscription_fact"],
    expression: () => sql`exists (select from subscription_fact f where ${ofContact("f")} and f.protects)`,
  },
  {
    name: "email.problem",
    type: "enumeration",
    multiple: true,
    options: problems,
    reads: () => ["subscription_fact"],
    matches: (_context, condition) => hasProblem(condition),
  },
  {
    name: "email.last_engagement",
    type: "datetime",
    multiple: false,
    reads: () => [
      "contact.hs_email_last_open_date",
      "contact.hs_email_last_click_date",
      "contact.recent_conversion_date",
    ],
    expression: () =>
      sql`greatest(c.hs_email_last_open_date, c.hs_email_last_click_date, c.recent_conversion_date)`,
  },
];

/** As one look into the narrow table, which the planner can join. */
function hasProblem({ operator, values }: CheckedCondition): RawBuilder<boolean> {
  const kinds = operator.endsWith("HAS_PROPERTY") ? problems : values.flatMap((value) => value.split(";"));
  const has = sql<boolean>`exists (select from subscription_fact f where ${ofContact("f")}
    and f.kind = any(${kinds}::text[]))`;
  return /^N(EQ|OT_)/.test(operator) ? sql<boolean>`(not ${has})` : has;
}

function ofContact(alias: string): RawBuilder<unknown> {
  return sql`${sql.ref(`${alias}.account_id`)} = c.account_id and ${sql.ref(`${alias}.contact_id`)} = c.id`;
}
