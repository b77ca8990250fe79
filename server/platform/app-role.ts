import type pg from "pg";
import { APP_ROLE } from "./database.ts";
import { DatabaseError } from "./database-error.ts";

/** What happened cannot be rewritten: the program may add to these and read them, nothing else. */
const APPEND_ONLY = ["event", "marketing_change"];

/** Lets the owner's login act as the app role, making the role when it is missing. */
export async function requireAppRole(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ exists: boolean; member: boolean; owner: string }>(
    `select exists (select from pg_roles where rolname = $1) as exists, current_user as owner,
      coalesce((select pg_has_role(current_user, oid, 'member') from pg_roles where rolname = $1), false) as member`,
    [APP_ROLE],
  );
  const role = rows[0];
  if (role?.exists && role.member) return;
  try {
    if (!role?.exists) await createRole(client);
    await client.query(`grant ${APP_ROLE} to current_user`);
  } catch (error) {
    const details = {
      owner: role?.owner,
      statements: `create role ${APP_ROLE} nologin; grant ${APP_ROLE} to "${role?.owner}";`,
    };
    throw new DatabaseError("database:no_role_rights", details, { cause: error });
  }
}

/** Roles are shared by all databases of a server, so another program may make it at the same moment. */
async function createRole(client: pg.PoolClient): Promise<void> {
  try {
    await client.query(`create role ${APP_ROLE} nologin`);
  } catch (error) {
    if (!["42710", "23505"].includes(String((error as { code?: string }).code))) throw error;
  }
}

/** Gives the app role the rows and nothing more, wherever something is missing: after a migration, or one cut off. */
export async function grantAppRole(client: pg.PoolClient): Promise<void> {
  if (await isGranted(client)) return;
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname = any($1)",
    [APPEND_ONLY],
  );
  const appendOnly = rows.map(({ name }) => `revoke update, delete, truncate on ${name} from ${APP_ROLE};`);
  await client.query(`begin;
    ${grantsIn("public")}
    revoke insert, update, delete on schema_migration from ${APP_ROLE};
    ${appendOnly.join("\n")}
    ${grantsIn("graphile_worker")}
    revoke insert, update, delete on graphile_worker.migrations from ${APP_ROLE};
    commit;`);
  await admitToJobs(client);
}

/** Asking is cheap; granting writes every table's entry in the catalogue, also when nothing changes. */
async function isGranted(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ granted: boolean }>(
    `select coalesce(bool_and(case
        when relname in ('schema_migration', 'migrations') then not has_table_privilege($1, c.oid, 'insert, update, delete')
        when relname = any($2) then has_table_privilege($1, c.oid, 'insert')
          and not has_table_privilege($1, c.oid, 'update, delete, truncate')
        else has_table_privilege($1, c.oid, 'select') and has_table_privilege($1, c.oid, 'insert')
          and has_table_privilege($1, c.oid, 'update') and has_table_privilege($1, c.oid, 'delete') end
        and (not relrowsecurity or exists (select from pg_policy p where p.polrelid = c.oid and p.polname = $1))), true)
      and not exists (select from pg_proc f where f.pronamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace)
        and not has_function_privilege($1, f.oid, 'execute')) as granted
    from pg_class c
    where relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace) and relkind in ('r', 'p')`,
    [APP_ROLE, APPEND_ONLY],
  );
  return rows[0]?.granted === true;
}

function grantsIn(schema: string): string {
  const rights = "select, insert, update, delete";
  const change = `alter default privileges in schema ${schema} grant`;
  return `grant usage on schema ${schema} to ${APP_ROLE};
    grant ${rights} on all tables in schema ${schema} to ${APP_ROLE};
    grant usage, select on all sequences in schema ${schema} to ${APP_ROLE};
    grant execute on all functions in schema ${schema} to ${APP_ROLE};
    ${change} ${rights} on tables to ${APP_ROLE};
    ${change} usage, select on sequences to ${APP_ROLE};
    ${change} execute on functions to ${APP_ROLE};`;
}

/** graphile-worker guards its tables by row security without a policy, which only the owner passes. */
async function admitToJobs(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
      where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = $1)`,
    [APP_ROLE],
  );
  for (const { name } of rows) {
    await client.query(
      `create policy ${APP_ROLE} on graphile_worker.${name} to ${APP_ROLE} using (true) with check (true)`,
    );
  }
}
