import { sql } from "kysely";
import type { Plan } from "#contract/imports.ts";
import type { Context } from "#server/platform/context.ts";
import type { FileShape, Forecast, ImportProfile, ImportRow } from "./import.ts";
import type { StagedShape } from "./staging/staged.ts";

const columns = sql`id, file_name as "fileName", state, bytes::float8 as bytes, read_bytes::float8 as "readBytes", profile, shape,
  plan, staged, rows::float8 as rows, forecast, failure, operation_id as "operationId", retry_of as "retryOf",
  actor_type as "actorType", actor_id as "actorId", created_at as "createdAt"`;

export async function insertImport(
  { db, clock, actor, accountId }: Context,
  { fileName, retryOf = null }: { fileName: string; retryOf?: string | null },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into import (account_id, file_name, actor_type, actor_id, created_at, retry_of)
    values (${accountId}, ${fileName}, ${actor.type}, ${actor.id}, ${clock.sql}, ${retryOf}) returning id`.execute(
    db,
  );
  return rows[0]?.id as string;
}

export async function insertPart(
  { db, accountId }: Context,
  part: { importId: string; number: number; bytes: Uint8Array },
): Promise<void> {
  await sql`insert into import_file_part (account_id, import_id, number, bytes)
    values (${accountId}, ${part.importId}, ${part.number}, ${part.bytes})`.execute(db);
}

export async function selectPart(
  { db, accountId }: Context,
  importId: string,
  number: number,
): Promise<Uint8Array | undefined> {
  const { rows } = await sql<{ bytes: Uint8Array }>`select bytes from import_file_part
    where account_id = ${accountId} and import_id = ${importId} and number = ${number}`.execute(db);
  return rows[0]?.bytes;
}

/** Removes an import that came to nothing, with its file. */
export async function deleteImportRows({ db, accountId }: Context, importId: string): Promise<void> {
  await sql`delete from import_file_part where account_id = ${accountId} and import_id = ${importId}`.execute(
    db,
  );
  await sql`delete from import_rejection where account_id = ${accountId} and import_id = ${importId}`.execute(
    db,
  );
  await sql`delete from import where account_id = ${accountId} and id = ${importId}`.execute(db);
}

interface Uploaded {
  readonly bytes: number;
  readonly profile: ImportProfile;
  readonly shape: FileShape;
  readonly plan: Plan;
}

export async function saveUpload(
  { db, accountId }: Context,
  importId: string,
  file: Uploaded,
): Promise<void> {
  await sql`update import set state = 'uploaded', bytes = ${file.bytes}, profile = ${JSON.stringify(file.profile)}::jsonb,
      shape = ${JSON.stringify(file.shape)}::jsonb, plan = ${JSON.stringify(file.plan)}::jsonb
    where account_id = ${accountId} and id = ${importId}`.execute(db);
}

export async function selectImport({ db, accountId }: Context, id: string): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`
    select ${columns} from import where account_id = ${accountId} and id = ${id}`.execute(db);
  return rows[0];
}

export async function selectImports(
  { db, accountId }: Context,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<ImportRow[]> {
  const older = after ? sql`and id < ${after}` : sql``;
  const { rows } = await sql<ImportRow>`select ${columns} from import
    where account_id = ${accountId} and state <> 'uploading' ${older} order by id desc limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Plans of the account's latest imports with the columns they were made for, newest first. */
export async function selectRememberedPlans({
  db,
  accountId,
}: Context): Promise<{ columns: string[]; plan: Plan }[]> {
  const { rows } = await sql<{ columns: string[]; plan: Plan }>`
    select shape->'columns' as columns, plan from import
    where account_id = ${accountId} and state = 'started' and plan is not null and retry_of is null
    order by id desc limit 20`.execute(db);
  return rows;
}

/** True when the import was in one of these states; its dry run begins anew. */
export async function beginReading({ db, accountId }: Context, id: string, plan: Plan): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update import set state = 'reading', plan = ${JSON.stringify(plan)}::jsonb,
      read_bytes = 0, rows = null, forecast = null, failure = null
    where account_id = ${accountId} and id = ${id} and state in ('uploaded', 'ready', 'failed', 'reading')`.execute(
      db,
    );
  return numAffectedRows === 1n;
}

export async function saveStaged({ db, accountId }: Context, staged: StagedShape): Promise<void> {
  await sql`update import set staged = ${JSON.stringify(staged)}::jsonb
    where account_id = ${accountId} and id = ${staged.importId}`.execute(db);
}

export async function saveReadBytes({ db, accountId }: Context, id: string, bytes: number): Promise<void> {
  await sql`update import set read_bytes = ${bytes} where account_id = ${accountId} and id = ${id}`.execute(
    db,
  );
}

export async function finishReading(
  { db, accountId }: Context,
  id: string,
  { rows, forecast }: { rows: number; forecast: Forecast },
): Promise<void> {
  await sql`update import set state = 'ready', rows = ${rows}, forecast = ${JSON.stringify(forecast)}::jsonb, read_bytes = bytes
    where account_id = ${accountId} and id = ${id} and state = 'reading'`.execute(db);
}

export async function failImport(
  { db, accountId }: Context,
  id: string,
  failure: { reason: string; details: Record<string, unknown> },
): Promise<void> {
  await sql`update import set state = 'failed', failure = ${JSON.stringify(failure)}::jsonb
    where account_id = ${accountId} and id = ${id} and state = 'reading'`.execute(db);
}

/** True for the one who starts it. */
export async function markStarted(
  { db, accountId }: Context,
  id: string,
  operationId: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update import set state = 'started', operation_id = ${operationId}
    where account_id = ${accountId} and id = ${id} and state = 'ready'`.execute(db);
  return numAffectedRows === 1n;
}

export async function selectRetries(
  { db, accountId }: Context,
  id: string,
): Promise<{ id: string; rows: number }[]> {
  const { rows } = await sql<{
    id: string;
    rows: number;
  }>`select i.id, count(r.line)::int as rows from import i
    left join import_rejection r on r.account_id = i.account_id and r.import_id = i.retry_of and r.retry_id = i.id
    where i.account_id = ${accountId} and i.retry_of = ${id} group by i.id order by i.id`.execute(db);
  return rows;
}

export async function importOfOperation(
  { db, accountId }: Context,
  operationId: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from import
    where account_id = ${accountId} and operation_id = ${operationId}`.execute(db);
  return rows[0]?.id;
}

interface AccountImport {
  readonly accountId: string;
  readonly id: string;
}

/** In every account: uploads that nobody has started for a week. */
export async function selectAbandonedImports({ db, clock }: Context): Promise<AccountImport[]> {
  const { rows } = await sql<AccountImport>`select account_id as "accountId", id from import
    where state <> 'started' and created_at < ${clock.sql} - interval '7 days' order by account_id, id limit 1000`.execute(
    db,
  );
  return rows;
}

/** In every account: imports whose undo is over and whose file is still here. */
export async function selectOldFiles({ db, clock }: Context): Promise<AccountImport[]> {
  const { rows } = await sql<AccountImport>`select account_id as "accountId", id from import
    where state = 'started' and file_removed_at is null and created_at < ${clock.sql} - interval '90 days'
    order by account_id, id limit 1000`.execute(db);
  return rows;
}

/** Forgets a file and the texts of its rejected rows; how many there were stays. */
export async function removeFile({ db, clock, accountId }: Context, importId: string): Promise<void> {
  await sql`delete from import_file_part where account_id = ${accountId} and import_id = ${importId}`.execute(
    db,
  );
  await sql`update import_rejection set raw = '{}', details = details - 'value' - 'name'
    where account_id = ${accountId} and import_id = ${importId}`.execute(db);
  await sql`update import set file_removed_at = ${clock.sql}, shape = shape || '{"preview": []}'
    where account_id = ${accountId} and id = ${importId}`.execute(db);
}
