import { type RawBuilder, sql } from "kysely";
import type { Room } from "#server/billing/growth-policy.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { withinRoom } from "../holds/within-room.ts";
import { classify, classifyByCode, outcomeOf, reasonOf } from "../status/classify.ts";
import { joinedByHash } from "../status/queries.ts";

export interface GroupCount {
  readonly outcome: string;
  readonly reason: string;
  readonly contacts: number;
}

interface Question {
  readonly scope: RawBuilder<unknown>;
  readonly to: "marketing" | "non_marketing";
  readonly includeProtected: boolean;
  /** The ids of the scope, where they are known. */
  readonly ids?: readonly string[];
  /** What they will have become by then: a select of id and until. What they are, unless told otherwise. */
  readonly standing?: RawBuilder<unknown> | undefined;
  /** Raises beyond it are held or refused; null or left out: there is room for all. */
  readonly room?: Room | null;
  readonly hasHeld?: boolean;
}

/** How many of the scope fall into each group, by the query that the act itself uses. */
export function countGroups(context: Context, question: Question): Promise<GroupCount[]> {
  const { room = null, hasHeld = false } = question;
  return inTransaction(context, (context) =>
    joinedByHash(context, question.ids?.length ?? Number.POSITIVE_INFINITY, async () => {
      const { rows } = await sql<GroupCount>`
        select outcome, reason, count(*)::int as contacts
        from (${withinRoom(context, classify(context, question), { room, hasHeld })}) c group by 1, 2 order by 1, 2`.execute(
        context.db,
      );
      return rows;
    }),
  );
}

/**
 * How many of the scope fall into each group with each value of `by`, another column of it. Scopes that are put together
 * come in the order of ids; their size is unknown to the planner, who would hash them and then sort what it has hashed.
 */
export function countGroupsBy(
  context: Context,
  question: Omit<Question, "room" | "hasHeld">,
  by: string,
): Promise<(GroupCount & { readonly by: string })[]> {
  return inTransaction(context, (context) =>
    joinedByHash(context, Number.POSITIVE_INFINITY, async () => {
      await sql`set local enable_hashagg = off`.execute(context.db);
      const { rows } = await sql<GroupCount & { readonly by: string }>`
        select by::text, ${outcomeOf} as outcome, ${reasonOf} as reason, contacts
        from (select ${sql.ref(by)} as by, code collate "C" as code, count(*)::int as contacts
          from (${classifyByCode(context, question)}) classified group by 1, 2) counted
        order by 2, 3`.execute(context.db);
      await sql`set local enable_hashagg = on`.execute(context.db);
      return rows;
    }),
  );
}

/** The scope that an operation has just fixed, in the same transaction: all its contacts live. */
export function operationScope({ accountId }: Context, operationId: string): RawBuilder<unknown> {
  return sql`select unnest(k.ids) as id from operation_chunk k
    where k.account_id = ${accountId} and k.operation_id = ${operationId}`;
}
