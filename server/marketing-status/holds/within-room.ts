import { type RawBuilder, sql } from "kysely";
import type { Room } from "#server/billing/growth-policy.ts";
import type { Context } from "#server/platform/context.ts";

interface Limiting {
  readonly room: Room | null;
  /** Whether any raise of the account waits for approval already. */
  readonly hasHeld: boolean;
  /** Further columns of `inner`; `kind` becomes null beyond the room. */
  readonly columns?: RawBuilder<unknown>;
}

/**
 * Fills the room in id order: raises beyond it become `held`, `already_held` or `refused`, with what they would pass as
 * the reason. Dialogs count by it and acts change by it. `inner` has the columns id, outcome, reason.
 */
export function withinRoom(
  { accountId }: Context,
  inner: RawBuilder<unknown>,
  { room, hasHeld, columns = sql`` }: Limiting,
): RawBuilder<unknown> {
  if (room === null) return inner;
  const { contacts, barrier, beyond } = room;
  const outcome =
    beyond === "held" && hasHeld
      ? sql`case when exists (select from held_raise h where h.account_id = ${accountId} and h.contact_id = numbered.id
          and h.ended_at is null) then 'already_held' else 'held' end`
      : sql`${beyond}::text`;
  return sql`select id, case when is_beyond then ${outcome} else outcome end as outcome,
      case when is_beyond then ${barrier}::text else reason end as reason ${columns}
    from (
      select *, raises and row_number() over (partition by raises order by id) > ${contacts}::int as is_beyond
      from (select *, outcome in ('set_marketing', 'restored') as raises from (${inner}) classified) raising
    ) numbered`;
}

/** The columns of a plan, for `columns`: nobody beyond the room is changed. */
export const planColumns = sql`, case when is_beyond then null else kind end as kind, until_before, until_after,
  source_type, source_id`;
