import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { classify } from "../status/classify.ts";

export interface GroupCount {
  readonly outcome: string;
  readonly reason: string;
  readonly contacts: number;
  /** Of them not marketing now. */
  readonly nonMarketing: number;
}

interface Question {
  readonly scope: RawBuilder<unknown>;
  readonly to: "marketing" | "non_marketing";
  readonly includeProtected: boolean;
}

/** How many of the scope fall into each group, by the query that the act itself uses. */
export async function countGroups(context: Context, question: Question): Promise<GroupCount[]> {
  const { rows } = await sql<GroupCount>`
    select outcome, reason, count(*)::int as contacts,
      (count(*) filter (where until is null or until <= ${context.clock.sql}))::int as "nonMarketing"
    from (${classify(context, question)}) c group by 1, 2 order by 1, 2`.execute(context.db);
  return rows;
}

/** The scope that an operation has fixed. */
export function operationScope({ accountId }: Context, operationId: string): RawBuilder<unknown> {
  return sql`select c.id from operation_chunk k, unnest(k.ids) as i(id), contact c
    where k.account_id = ${accountId} and k.operation_id = ${operationId}
      and c.account_id = ${accountId} and c.id = i.id and c.deleted_at is null`;
}
