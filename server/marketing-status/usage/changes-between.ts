import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

const QUARTER_MS = 900_000;
const FAR_PAST = new Date("2000-01-01T00:00:00Z");

/** From the first moment, which belongs to it, up to the second, which does not. Without a first: since ever. */
export interface Span {
  readonly from?: Date | undefined;
  readonly to: Date;
}

/** The first moment after one: changes at an instant itself have happened then. Dates have no finer grain. */
export function justAfter(moment: Date): Date {
  return new Date(moment.getTime() + 1);
}

/**
 * What moved usage in a span: columns at, kind, source_type, source_id, operation_id, reason, raised, lowered, waiting,
 * in pieces to be summed up. Whole quarters come from the rollup; only the cut ones at either end are read from the
 * ledger. What has expired but is not settled yet is there as if it were, so sums are exact at every moment.
 */
export function changesBetween(context: Context, { from = FAR_PAST, to }: Span): RawBuilder<unknown> {
  const { accountId } = context;
  const [firstWhole, endOfWhole] = [quarterFrom(from), new Date(quarterAt(to))];
  const cut: readonly (readonly [Date, Date])[] =
    firstWhole < endOfWhole
      ? [
          [from, firstWhole],
          [endOfWhole, to],
        ]
      : [[from, to]];
  const parts = cut.filter(([start, end]) => start < end).map((ends) => entries(context, ...ends));
  return sql`
    select at, kind, source_type, source_id, operation_id, reason, raised, lowered, waiting
    from usage_change where account_id = ${accountId} and at >= ${from}::timestamptz and at < ${to}::timestamptz
      and (kind = 'became_non_marketing' or (at >= ${firstWhole}::timestamptz and at < ${endOfWhole}::timestamptz))
    union all ${sql.join([...parts, unsettled(context, { from, to })], sql` union all `)}`;
}

/** Settled entries have their exact instant in the rollup already. */
function entries({ accountId }: Context, from: Date, to: Date): RawBuilder<unknown> {
  return sql`
    select recorded_at, kind, source_type, coalesce(source_id, ''), coalesce(operation_id, 0), reason,
      (delta > 0)::int::bigint, (delta < 0)::int::bigint,
      (coalesce((until_after < 'infinity')::int, 0) - coalesce((until_before < 'infinity')::int, 0))::bigint
    from marketing_change where account_id = ${accountId} and kind <> 'became_non_marketing'
      and recorded_at >= ${from}::timestamptz and recorded_at < ${to}::timestamptz`;
}

function unsettled({ accountId, clock }: Context, { from, to }: Required<Span>): RawBuilder<unknown> {
  return sql`
    select until, 'became_non_marketing', 'SYSTEM', '', 0::bigint, '', 0::bigint, sum(contacts)::bigint, -sum(contacts)::bigint
    from usage_tally where account_id = ${accountId} and until <= ${clock.sql}
      and until >= ${from}::timestamptz and until < ${to}::timestamptz
    group by until having sum(contacts) <> 0`;
}

function quarterAt(moment: Date): number {
  return Math.floor(moment.getTime() / QUARTER_MS) * QUARTER_MS;
}

/** The start of the first whole quarter in a span that begins then. */
function quarterFrom(moment: Date): Date {
  return new Date(Math.ceil(moment.getTime() / QUARTER_MS) * QUARTER_MS);
}
