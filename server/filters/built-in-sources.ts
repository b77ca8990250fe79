import { type RawBuilder, sql } from "kysely";
import type { CheckedCondition } from "./filter.ts";
import type { FilterSource } from "./filter-source.ts";

const problems = ["opt_out", "bounce", "complaint"];
const pins = ["always", "never"];

/** What people filter by besides properties, from facts of tables that every account has. */
export const builtInSources: readonly FilterSource[] = [
  {
    name: "marketing.pin",
    type: "enumeration",
    multiple: false,
    options: pins,
    reads: () => ["marketing_pin"],
    matches: (_context, condition) => hasPin(condition),
  },
  {
    name: "marketing.protected",
    type: "bool",
    multiple: false,
    reads: () => ["subscription_fact"],
    expression: () => sql`exists (select from subscription_fact f where ${ofContact("f")} and f.protects)`,
  },
  {
    name: "marketing.held",
    type: "bool",
    multiple: false,
    expression: () => sql`exists (select from held_raise h where ${ofContact("h")} and h.ended_at is null)`,
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
function hasProblem(condition: CheckedCondition): RawBuilder<boolean> {
  const has = sql<boolean>`exists (select from subscription_fact f where ${ofContact("f")}
    and f.kind = any(${asked(condition, problems)}::text[]))`;
  return isNegative(condition) ? sql<boolean>`(not ${has})` : has;
}

function hasPin(condition: CheckedCondition): RawBuilder<boolean> {
  const has = sql<boolean>`exists (select from marketing_pin p where ${ofContact("p")}
    and p.pin = any(${asked(condition, pins)}::text[]))`;
  return isNegative(condition) ? sql<boolean>`(not ${has})` : has;
}

function asked({ operator, values }: CheckedCondition, all: readonly string[]): readonly string[] {
  return operator.endsWith("HAS_PROPERTY") ? all : values.flatMap((value) => value.split(";"));
}

const isNegative = ({ operator }: CheckedCondition): boolean => /^N(EQ|OT_)/.test(operator);

function ofContact(alias: string): RawBuilder<unknown> {
  return sql`${sql.ref(`${alias}.account_id`)} = c.account_id and ${sql.ref(`${alias}.contact_id`)} = c.id`;
}
