import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { Direction, SpikeSettings } from "./spike-guard.ts";

export interface SourceKey {
  readonly sourceType: string;
  /** Empty where the kind of source has no id. */
  readonly sourceId: string;
}

interface PaceRow extends SpikeSettings {
  readonly isPaused: boolean;
  readonly usage: number;
  /** What the source did within the last hour, since it was last resumed. */
  readonly raised: number;
  readonly lowered: number;
  /** What it had asked for when somebody let it go on, within the last hour. */
  readonly granted: { readonly direction: Direction; readonly contacts: number } | null;
}

const DEFAULTS = sql`(select 20 as spike_percent, 500 as spike_contacts)`;

/** How fast a source has been, and what it is measured by, in one round trip. */
export async function selectPace(
  { db, clock, accountId }: Context,
  { sourceType, sourceId }: SourceKey,
): Promise<PaceRow> {
  const { rows } = await sql<PaceRow>`
    with pauses as (
      select * from paused_source
      where account_id = ${accountId} and source_type = ${sourceType} and source_id = ${sourceId}
    ), pause as (
      select bool_or(resumed_at is null) as paused, max(resumed_at) as resumed from pauses
    ), pace as (
      select coalesce(sum(raised), 0)::int as raised, coalesce(sum(lowered), 0)::int as lowered from source_pace, pause
      where account_id = ${accountId} and source_type = ${sourceType} and source_id = ${sourceId}
        and minute > ${clock.sql} - interval '1 hour' and minute <= ${clock.sql}
        and minute > coalesce(pause.resumed, '-infinity')
    )
    select coalesce(pause.paused, false) as "isPaused", pace.raised, pace.lowered,
      coalesce(s.spike_percent, d.spike_percent) as percent, coalesce(s.spike_contacts, d.spike_contacts) as contacts,
      (select jsonb_build_object('direction', direction, 'contacts', contacts) from pauses
        where resumed_at = pause.resumed and resumed_at > ${clock.sql} - interval '1 hour' limit 1) as granted,
      (select coalesce(sum(contacts), 0)::int from usage_tally
        where account_id = ${accountId} and until > ${clock.sql}) as usage
    from pause, pace, ${DEFAULTS} d left join marketing_setting s on s.account_id = ${accountId}`.execute(db);
  return rows[0] as PaceRow;
}

/** Counts what a source has just done; minutes of more than an hour ago are of no use any more. */
export async function addPace(
  { db, clock, accountId }: Context,
  { sourceType, sourceId, raised, lowered }: SourceKey & { raised: number; lowered: number },
): Promise<void> {
  await sql`
    insert into source_pace as p (account_id, source_type, source_id, minute, slot, raised, lowered)
    values (${accountId}, ${sourceType}, ${sourceId}, date_trunc('minute', ${clock.sql}), pg_backend_pid() % 32,
      ${raised}, ${lowered})
    on conflict (account_id, source_type, source_id, minute, slot)
    do update set raised = p.raised + excluded.raised, lowered = p.lowered + excluded.lowered`.execute(db);
}

/** Of all accounts. */
export async function forgetOldPace({ db, clock }: Context): Promise<void> {
  await sql`delete from source_pace where minute < ${clock.sql} - interval '2 hours'`.execute(db);
}

interface Pausing extends SourceKey {
  readonly direction: Direction;
  readonly contacts: number;
  readonly threshold: number;
}

/** False when somebody else has paused it at this moment. */
export async function insertPause(
  { db, clock, accountId }: Context,
  { sourceType, sourceId, direction, contacts, threshold }: Pausing,
): Promise<boolean> {
  const { rows } = await sql`insert into paused_source
      (account_id, source_type, source_id, paused_at, direction, contacts, threshold)
    values (${accountId}, ${sourceType}, ${sourceId}, ${clock.sql}, ${direction}, ${contacts}, ${threshold})
    on conflict (account_id, source_type, source_id) where resumed_at is null do nothing
    returning id`.execute(db);
  return rows.length > 0;
}

/** More contacts that ask for the same while the source is paused, so that whoever lets it go on sees them all. */
export async function growPause(
  { db, accountId }: Context,
  { sourceType, sourceId, direction, contacts }: Omit<Pausing, "threshold">,
): Promise<void> {
  await sql`update paused_source set contacts = contacts + ${contacts}
    where account_id = ${accountId} and source_type = ${sourceType} and source_id = ${sourceId}
      and direction = ${direction} and resumed_at is null`.execute(db);
}

/** Nothing when there is no such pause, or it was resumed already. */
export async function endPause(
  { db, clock, actor, accountId }: Context,
  pauseId: string,
): Promise<SourceKey | undefined> {
  const { rows } = await sql<SourceKey>`update paused_source
    set resumed_at = ${clock.sql}, resumed_by_type = ${actor.type}, resumed_by_id = ${actor.id}
    where account_id = ${accountId} and id = ${pauseId} and resumed_at is null
    returning source_type as "sourceType", source_id as "sourceId"`.execute(db);
  return rows[0];
}

export interface PauseRow extends SourceKey {
  readonly id: string;
  readonly direction: Direction;
  readonly contacts: number;
  readonly threshold: number;
  readonly pausedAt: Date;
  readonly resumedAt: Date | null;
  readonly actorType: "user" | "token" | "command" | "system" | "anonymous" | null;
  readonly actorId: string | null;
}

export async function selectPauses({ db, accountId }: Context): Promise<PauseRow[]> {
  const { rows } = await sql<PauseRow>`
    select id, source_type as "sourceType", source_id as "sourceId", direction, contacts, threshold,
      paused_at as "pausedAt", resumed_at as "resumedAt", resumed_by_type as "actorType", resumed_by_id as "actorId"
    from paused_source where account_id = ${accountId}
    order by resumed_at is not null, coalesce(resumed_at, paused_at) desc, id desc limit 50`.execute(db);
  return rows;
}

export async function selectSpikeSettings({ db, accountId }: Context): Promise<SpikeSettings> {
  const { rows } = await sql<SpikeSettings>`
    select coalesce(s.spike_percent, d.spike_percent) as percent, coalesce(s.spike_contacts, d.spike_contacts) as contacts
    from ${DEFAULTS} d left join marketing_setting s on s.account_id = ${accountId}`.execute(db);
  return rows[0] as SpikeSettings;
}

export async function saveSpikeSettings(
  { db, accountId }: Context,
  { percent, contacts }: SpikeSettings,
): Promise<void> {
  await sql`insert into marketing_setting (account_id, spike_percent, spike_contacts)
    values (${accountId}, ${percent}, ${contacts})
    on conflict (account_id) do update set spike_percent = excluded.spike_percent,
      spike_contacts = excluded.spike_contacts`.execute(db);
}
