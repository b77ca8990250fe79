import { type RawBuilder, sql } from "kysely";
import type { FactKind } from "#contract/subscriptions.ts";
import type { Context } from "#server/platform/context.ts";
import { bounceIsNewsSql, type NewFact, protectsSql, storedReason } from "./protection.ts";

export interface FactSource {
  readonly sourceType: string;
  readonly sourceId?: string | null | undefined;
  readonly operationId?: string | null | undefined;
}

export interface WrittenFact {
  readonly contactId: string;
  readonly kind: FactKind;
  /** The contact was not protected before and is now. */
  readonly becameProtected: boolean;
}

/**
 * Records facts of living contacts in one statement; answers those that are news. What is known stays as it was first
 * said, except that a bounce counts the days (of the account's zone) it happened on.
 */
export async function upsertFacts(
  { db, clock, actor, accountId }: Context,
  facts: readonly NewFact[],
  source: FactSource,
): Promise<WrittenFact[]> {
  const ids = facts.map(({ contactId }) => contactId);
  const input = sql`unnest(${ids}::bigint[], ${facts.map(({ kind }) => kind)}::text[],
    ${facts.map(storedReason)}::text[], ${facts.map(({ at }) => at ?? null)}::timestamptz[],
    ${facts.map(({ days }) => days ?? 1)}::int[])`;
  const fresh = { kind: sql`kind`, reason: sql`reason`, days: sql`days` };
  const { rows } = await sql<WrittenFact>`
    with said as (
      select contact.id as contact_id, fact.kind, fact.reason, fact.days, coalesce(fact.at, ${clock.sql}) as at,
        (coalesce(fact.at, ${clock.sql}) at time zone account.time_zone)::date as day
      from ${input} fact(contact_id, kind, reason, at, days)
      join contact on contact.account_id = ${accountId} and contact.id = fact.contact_id and contact.deleted_at is null
      join account on account.id = ${accountId}
    ), summed as (
      select contact_id, kind, min(at) as at, greatest(count(distinct day), max(days))::int as days, max(day) as last_day,
        (array_agg(reason order by reason = 'unknown_user' desc, at desc))[1] as reason
      from said group by contact_id, kind
    ), protected as (
      select contact_id from subscription_fact
      where account_id = ${accountId} and protects and contact_id = any(${ids}::bigint[])
    ), written as (
      insert into subscription_fact as f (account_id, contact_id, kind, at, reason, source_type, source_id, actor_type,
        actor_id, operation_id, days, last_day, protects)
      select ${accountId}::bigint, contact_id, kind, at, reason, ${source.sourceType}::text, ${source.sourceId ?? null}::text,
        ${actor.type}::text, ${actor.id}::bigint, ${source.operationId ?? null}::bigint, days, last_day, ${protectsSql(fresh)}
      from summed order by contact_id, kind
      ${onKnownFact}
      returning f.contact_id, f.kind, f.protects
    )
    select contact_id as "contactId", kind,
      protects and contact_id not in (select contact_id from protected) as "becameProtected"
    from written order by contact_id`.execute(db);
  return rows;
}

const sameDay = sql`coalesce((f.last_day = excluded.last_day)::int, 0)`;
const bouncedAgain = {
  kind: sql`f.kind`,
  reason: sql`excluded.reason`,
  days: sql`f.days + excluded.days - ${sameDay}`,
};

const onKnownFact: RawBuilder<unknown> = sql`on conflict (account_id, contact_id, kind) do update set
    days = ${bouncedAgain.days}, last_day = greatest(f.last_day, excluded.last_day),
    reason = case when f.reason = 'unknown_user' then f.reason else excluded.reason end,
    protects = f.protects or ${protectsSql(bouncedAgain)}
  where f.kind = 'bounce' and ${bounceIsNewsSql(
    { day: sql`f.last_day`, protects: sql`f.protects` },
    { day: sql`excluded.last_day`, protects: sql`excluded.protects` },
  )}`;

export interface LiftedFact {
  readonly contactId: string;
  readonly kind: FactKind;
  /** The contact was protected by this and is not any more. */
  readonly ceasedProtected: boolean;
}

export interface Lift {
  readonly ids: readonly string[];
  readonly kinds: readonly FactKind[];
  /** Only what this operation recorded: taking it back leaves what others said. */
  readonly recordedBy?: string | undefined;
}

/** Takes facts back; answers those that were there. */
export async function deleteFacts({ db, accountId }: Context, lift: Lift): Promise<LiftedFact[]> {
  const { ids, kinds, recordedBy = null } = lift;
  const meant = sql`kind = any(${kinds}::text[])
    and (${recordedBy}::bigint is null or operation_id = ${recordedBy}::bigint)`;
  const ofContacts = sql`account_id = ${accountId} and contact_id = any(${ids}::bigint[])`;
  const { rows } = await sql<LiftedFact>`
    with lifted as (
      delete from subscription_fact where ${ofContacts} and ${meant} returning contact_id, kind, protects
    ), others as (
      select contact_id from subscription_fact where ${ofContacts} and protects and (${meant}) is not true
    )
    select contact_id as "contactId", kind,
      protects and contact_id not in (select contact_id from others) as "ceasedProtected"
    from lifted order by contact_id`.execute(db);
  return rows;
}

/** The survivor of a merge gets what was said about either side; the loser has nothing left. */
export async function mergeFactRows(
  { db, accountId }: Context,
  survivorId: string,
  loserId: string,
): Promise<void> {
  await sql`
    with moved as (
      delete from subscription_fact where account_id = ${accountId} and contact_id = ${loserId} returning *
    )
    insert into subscription_fact as f (account_id, contact_id, kind, at, reason, source_type, source_id, actor_type,
      actor_id, operation_id, days, last_day, protects)
    select account_id, ${survivorId}::bigint, kind, at, reason, source_type, source_id, actor_type, actor_id, operation_id, days,
      last_day, protects from moved
    on conflict (account_id, contact_id, kind) do update set days = ${bouncedAgain.days},
      last_day = greatest(f.last_day, excluded.last_day),
      reason = case when f.protects or not excluded.protects then f.reason else excluded.reason end,
      protects = f.protects or excluded.protects or ${protectsSql({ ...bouncedAgain, reason: sql`f.reason` })}`.execute(
    db,
  );
}

export async function deleteAllFacts({ db, accountId }: Context, ids: readonly string[]): Promise<void> {
  await sql`delete from subscription_fact
    where account_id = ${accountId} and contact_id = any(${ids}::bigint[])`.execute(db);
}

export async function selectSuppressionKey({ db }: Context): Promise<Buffer | undefined> {
  const { rows } = await sql<{ key: Buffer }>`select key from suppression_key`.execute(db);
  return rows[0]?.key;
}

/** The key that is there afterwards: of two that make one at once, both use the first. */
export async function insertSuppressionKey(context: Context, key: Buffer): Promise<Buffer> {
  await sql`insert into suppression_key (key) values (${key}) on conflict do nothing`.execute(context.db);
  return (await selectSuppressionKey(context)) ?? key;
}

/** The addresses of contacts. */
export async function selectAddresses(
  { db, accountId }: Context,
  ids: readonly string[],
): Promise<{ readonly contactId: string; readonly emailKey: string }[]> {
  const { rows } = await sql<{ contactId: string; emailKey: string }>`
    select contact_id as "contactId", email_key as "emailKey" from contact_email
    where account_id = ${accountId} and contact_id = any(${ids}::bigint[]) order by contact_id`.execute(db);
  return rows;
}

interface Protecting {
  readonly kind: FactKind;
  readonly at: Date;
  readonly reason: string;
}

/** What protects contacts, once for each of their addresses. */
export async function selectProtecting(
  { db, accountId }: Context,
  ids: readonly string[],
): Promise<(Protecting & { readonly emailKey: string })[]> {
  const { rows } = await sql<Protecting & { emailKey: string }>`
    select e.email_key as "emailKey", f.kind, f.at, f.reason
    from subscription_fact f
    join contact_email e on e.account_id = f.account_id and e.contact_id = f.contact_id
    where f.account_id = ${accountId} and f.contact_id = any(${ids}::bigint[]) and f.protects`.execute(db);
  return rows;
}

export interface Suppression extends Protecting {
  readonly hash: Buffer;
}

export async function insertSuppressions(
  { db, accountId }: Context,
  suppressions: readonly Suppression[],
): Promise<void> {
  await sql`insert into suppression (account_id, email_hash, kind, at, reason)
    select ${accountId}::bigint, hash, kind, at, reason
    from unnest(${suppressions.map(({ hash }) => hash)}::bytea[], ${suppressions.map(({ kind }) => kind)}::text[],
      ${suppressions.map(({ at }) => at)}::timestamptz[], ${suppressions.map(({ reason }) => reason)}::text[])
      each(hash, kind, at, reason)
    order by hash, kind
    on conflict do nothing`.execute(db);
}

/** Whether anything was ever kept, so that an account without suppressions hashes nothing. */
export async function anySuppression({ db, accountId }: Context): Promise<boolean> {
  const { rows } = await sql`select from suppression where account_id = ${accountId} limit 1`.execute(db);
  return rows.length > 0;
}

export async function selectSuppressions(
  { db, accountId }: Context,
  hashes: readonly Buffer[],
): Promise<Suppression[]> {
  const { rows } = await sql<Suppression>`select email_hash as hash, kind, at, reason from suppression
    where account_id = ${accountId} and email_hash = any(${hashes}::bytea[])`.execute(db);
  return rows;
}

export async function deleteSuppressions(
  { db, accountId }: Context,
  hashes: readonly Buffer[],
  kinds: readonly FactKind[],
): Promise<void> {
  await sql`delete from suppression where account_id = ${accountId} and email_hash = any(${hashes}::bytea[])
    and kind = any(${kinds}::text[])`.execute(db);
}

/** The living contacts among these ids. */
export async function selectLiving({ db, accountId }: Context, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from contact
    where account_id = ${accountId} and deleted_at is null and id = any(${ids}::bigint[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
