import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { isEntered } from "../queries.ts";

export interface ListeningVersion {
  readonly workflowId: string;
  readonly version: number;
  readonly definition: unknown;
  /** Contacts enter it; otherwise some are still inside. */
  readonly live: boolean;
  /** What was noted up to here happened before it was turned on. */
  readonly hearsFrom: string;
}

/** Versions that something may happen for: those that contacts enter, and those that still have somebody inside. */
export async function selectListening({ db, accountId }: Context): Promise<ListeningVersion[]> {
  const { rows } = await sql<ListeningVersion>`
    select w.id as "workflowId", v.version, v.definition, (v.version = w.version) as live,
      w.hears_from as "hearsFrom"
    from workflow w join workflow_version v on v.account_id = w.account_id and v.workflow_id = w.id
    where w.account_id = ${accountId} and w.deleted_at is null and ${isEntered}
      and (v.version = w.version or exists (select from workflow_enrollment e where e.account_id = w.account_id
        and e.workflow_id = w.id and e.version = v.version and e.ended_at is null))`.execute(db);
  return rows;
}

export type VersionInUse = Pick<ListeningVersion, "workflowId" | "version" | "definition">;

/** What must not lose what it names: what contacts enter, and what somebody is inside of, even while it is off. */
export async function selectInUse({ db, accountId }: Context): Promise<VersionInUse[]> {
  const { rows } = await sql<VersionInUse>`
    select w.id as "workflowId", v.version, v.definition
    from workflow w join workflow_version v on v.account_id = w.account_id and v.workflow_id = w.id
    where w.account_id = ${accountId} and w.deleted_at is null
      and (w.state in ('on', 'paused') and v.version = w.version
        or exists (select from workflow_enrollment e where e.account_id = w.account_id
          and e.workflow_id = w.id and e.version = v.version and e.ended_at is null))`.execute(db);
  return rows;
}

export interface FilterList {
  readonly workflowId: string;
  readonly version: number;
  readonly place: string;
  readonly listId: string;
  readonly settled: boolean;
}

export async function selectFilterLists({ db, accountId }: Context): Promise<FilterList[]> {
  const { rows } =
    await sql<FilterList>`select workflow_id as "workflowId", version, place, list_id as "listId", settled
    from workflow_filter where account_id = ${accountId}`.execute(db);
  return rows;
}

export async function insertFilterList(
  { db, accountId }: Context,
  { workflowId, version, place, listId }: Omit<FilterList, "settled">,
): Promise<void> {
  await sql`insert into workflow_filter (account_id, workflow_id, version, place, list_id)
    values (${accountId}, ${workflowId}, ${version}, ${place}, ${listId})`.execute(db);
}

const MET_TOGETHER = 10_000;

/** Writes down who meets a filter at this moment; `scope` is a select of one column `id`. */
export async function storeMet(
  { db, accountId }: Context,
  listId: string,
  scope: RawBuilder<unknown>,
): Promise<void> {
  await sql`insert into workflow_met (account_id, list_id, first_id, last_id, contact_ids)
    select ${accountId}::bigint, ${listId}::bigint, min(id), max(id), array_agg(id order by id)
    from (select id, (row_number() over (order by id) - 1) / ${MET_TOGETHER}::int as part from (${scope}) s) parted
    group by part`.execute(db);
}

/** Contacts that met the filter when it began to be listened to; a select of one column `id`. */
export function metBefore({ accountId }: Context, listId: string): RawBuilder<unknown> {
  return sql`select unnest(m.contact_ids) as id from workflow_met m
    where m.account_id = ${accountId} and m.list_id = ${listId}`;
}

/** Those of these contacts that did not meet the filter when it began to be listened to. */
export async function selectNews(
  { db, accountId }: Context,
  listId: string,
  contactIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    with joined as materialized (select unnest(${contactIds}::bigint[]) as id)
    select id from joined except
    select unnest(m.contact_ids) from workflow_met m where m.account_id = ${accountId} and m.list_id = ${listId}
      and m.first_id <= (select max(id) from joined) and m.last_id >= (select min(id) from joined)`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Contacts of the scope that are not on the list and did not meet its filter from the beginning. */
export async function selectNewlyMeeting(
  context: Context,
  listId: string,
  scope: RawBuilder<unknown>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from (${scope}) s
    except select l.contact_id from list_membership l
      where l.account_id = ${context.accountId} and l.list_id = ${listId}
    except ${metBefore(context, listId)} order by id`.execute(context.db);
  return rows.map(({ id }) => id);
}

/** Keeps filters that are being worked in from being settled until the transaction ends. */
export async function holdUnsettled({ db, accountId }: Context): Promise<void> {
  await sql`select from workflow_filter where account_id = ${accountId} and not settled for share`.execute(
    db,
  );
}

/** Takes those who met a filter from the beginning out of what has been noted, and forgets who they are. */
export async function dropOldNews(context: Context, listIds: readonly string[]): Promise<void> {
  const { db, accountId } = context;
  for (const listId of listIds) {
    const kind = `joined:${listId}`;
    await sql`with met as materialized (${metBefore(context, listId)}), news as (
        select s.id, array_agg(c.id order by c.id) as contact_ids from workflow_signal s
        cross join lateral unnest(s.contact_ids) as c(id) left join met on met.id = c.id
        where s.account_id = ${accountId} and s.kind = ${kind} and met.id is null
        group by s.id
      ), gone as (
        delete from workflow_signal s where s.account_id = ${accountId} and s.kind = ${kind}
          and not exists (select from news where news.id = s.id)
      )
      update workflow_signal s set contact_ids = news.contact_ids from news
        where s.account_id = ${accountId} and s.id = news.id
          and cardinality(s.contact_ids) <> cardinality(news.contact_ids)`.execute(db);
  }
  await sql`delete from workflow_met where account_id = ${accountId} and list_id = any(${listIds}::bigint[])`.execute(
    db,
  );
}

export async function deleteFilterLists(
  { db, accountId }: Context,
  listIds: readonly string[],
): Promise<void> {
  for (const table of ["workflow_filter", "workflow_met"])
    await sql`delete from ${sql.table(table)}
      where account_id = ${accountId} and list_id = any(${listIds}::bigint[])`.execute(db);
}

/** Of these lists, those that have been worked in for the first time, and whose old members nobody has to enter any more. */
export async function selectBuilt({ db, accountId }: Context, listIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from list
    where account_id = ${accountId} and id = any(${listIds}::bigint[]) and built_to is null
      and not exists (select from workflow_filter f join workflow w on w.account_id = f.account_id and w.id = f.workflow_id
        where f.account_id = list.account_id and f.list_id = list.id and w.standing_since is not null)`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

export async function markSettled({ db, accountId }: Context, listIds: readonly string[]): Promise<void> {
  await sql`update workflow_filter set settled = true
    where account_id = ${accountId} and list_id = any(${listIds}::bigint[])`.execute(db);
}

/** Waits until whoever is changing something has committed it; who changes something next knows what is listened for. */
export async function lockHearing({ db, accountId }: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('headroom.workflow_hearing', ${accountId}))`.execute(
    db,
  );
}

/** Whether any of it is not listened for yet. */
export async function isNewToWatch({ db, accountId }: Context, kinds: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`select kinds @> ${kinds} as known from workflow_watch
    where account_id = ${accountId}`.execute(db);
  return kinds.length > 0 && rows[0]?.known !== true;
}

export async function storeWatch({ db, accountId }: Context, kinds: readonly string[]): Promise<void> {
  if (kinds.length === 0) {
    await sql`delete from workflow_watch where account_id = ${accountId}`.execute(db);
    return;
  }
  await sql`insert into workflow_watch (account_id, kinds) values (${accountId}, ${kinds})
    on conflict (account_id) do update set kinds = excluded.kinds`.execute(db);
}

/** Accounts in which something has happened that a workflow listens for, or whose filters are still worked in. */
export async function selectAccountsToHear({ db }: Context): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`
    select account_id as "accountId" from workflow_signal
    union select account_id from workflow_filter where not settled`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

/** The last signal that has been noted. */
const lastSignal = sql`(select coalesce(pg_sequence_last_value('workflow_signal_id_seq'), 0))`;

export async function selectLastSignal({ db }: Pick<Context, "db">): Promise<string> {
  const { rows } = await sql<{ id: string }>`select ${lastSignal} as id`.execute(db);
  return rows[0]?.id ?? "0";
}

/** From now on: what waits to be heard at this moment is older. */
export async function storeHearsFrom({ db, accountId }: Context, workflowId: string): Promise<void> {
  await sql`update workflow set hears_from = ${lastSignal}
    where account_id = ${accountId} and id = ${workflowId}`.execute(db);
}

export interface Signal {
  readonly id: string;
  readonly kind: string;
  readonly contactIds: string[];
  readonly newValues: (string | null)[] | null;
  /** The transaction that noted it. */
  readonly writtenBy: string;
}

/** To whom something has happened that a workflow is still to hear; a select of one column `id`. */
export function unheard({ accountId }: Context, workflowId: string, kind: string): RawBuilder<unknown> {
  return sql`select unnest(s.contact_ids) as id from workflow_signal s
    where s.account_id = ${accountId} and s.kind = ${kind} and s.id > (select hears_from from workflow
      where account_id = ${accountId} and id = ${workflowId})`;
}

const SIGNALS = 100;

/** Takes what has happened, oldest first; the caller's transaction does with it what follows. */
export async function takeSignals({ db, accountId }: Context): Promise<Signal[]> {
  const { rows } = await sql<Signal>`
    with taken as (
      delete from workflow_signal s using (select id from workflow_signal where account_id = ${accountId}
        order by id limit ${SIGNALS} for update skip locked) next
      where s.account_id = ${accountId} and s.id = next.id
      returning s.id, s.kind, s.contact_ids, s.new_values, s.written_by
    )
    select id, kind, contact_ids as "contactIds", new_values as "newValues", written_by::text as "writtenBy"
    from taken order by id`.execute(db);
  return rows;
}

/** A signal about one contact. */
export interface News extends Pick<Signal, "id" | "writtenBy"> {
  readonly contactId: string;
}

interface Wake {
  readonly workflowId: string;
  readonly version: number;
  readonly step: string;
  readonly heard: readonly News[];
}

/** Lets contacts go on that wait at a step for what has happened to them since they began to wait. */
export async function wakeWaiting({ db, clock, accountId }: Context, wake: Wake): Promise<void> {
  const { workflowId, version, step, heard } = wake;
  await sql`update workflow_enrollment e set due_at = ${clock.sql}, reason = 'happened'
    from unnest(${heard.map(({ contactId }) => contactId)}::bigint[], ${heard.map(({ id }) => id)}::bigint[],
      ${heard.map(({ writtenBy }) => writtenBy)}::text[]::xid8[]) as news(contact_id, signal_id, written_by)
    where e.account_id = ${accountId} and e.workflow_id = ${workflowId} and e.version = ${version}
      and e.step = ${step} and e.state = 'waiting' and e.contact_id = news.contact_id
      and (e.waits_from < news.signal_id or news.written_by = any(e.waits_open))`.execute(db);
}
