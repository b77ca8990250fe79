import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DatabaseError } from "../database-error.ts";
import type { Binaries } from "./find-binaries.ts";
import { runProgram } from "./run-program.ts";
import { giveTo, type ServerUser } from "./server-user.ts";

/** The cluster's own superuser: it makes the owner's login and database, and nothing else ever uses it. */
export const SUPERUSER = "headroom_superuser";

const VERSION = "18";

/** Text sorts by the bytes unless a query names a language, so that no change of the system's library can break an index. */
const OPTIONS = [
  `--username=${SUPERUSER}`,
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--locale=C",
  "--no-instructions",
];

interface NewCluster {
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly cluster: string;
  readonly password: string;
}

/**
 * Makes a cluster unless there is one. It grows beside its place under a name of its own and is then renamed, so that
 * an interrupted first start leaves nothing half-made, not even with its initdb still running.
 */
export async function initialiseCluster(made: NewCluster): Promise<void> {
  const { cluster, user } = made;
  if (existsSync(join(cluster, "PG_VERSION"))) return refuseOtherVersion(cluster);
  sweep(cluster);
  const growing = `${cluster}.new-${randomBytes(6).toString("hex")}`;
  mkdirSync(growing, { mode: 0o700 });
  giveTo(user, growing);
  await runInitdb(made, growing);
  renameSync(growing, cluster);
}

function refuseOtherVersion(cluster: string): void {
  const version = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (version === VERSION) return;
  throw new DatabaseError("database:other_version", { cluster, version, own: VERSION });
}

function sweep(cluster: string): void {
  const remains = readdirSync(dirname(cluster)).filter((name) =>
    name.startsWith(`${basename(cluster)}.new-`),
  );
  for (const name of remains)
    rmSync(join(dirname(cluster), name), { recursive: true, force: true, maxRetries: 3 });
}

/** The password goes through a file that only the server's user can read; a pipe does not work from Node. */
async function runInitdb({ binaries, user, password }: NewCluster, folder: string): Promise<void> {
  const passwordFile = `${folder}.password`;
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(user, passwordFile);
    const options = [`--pwfile=${passwordFile}`, ...OPTIONS];
    const child = runProgram(binaries.initdb, ["-D", folder, ...options], { user, stderr: "pipe" });
    let said = "";
    child.stderr?.on("data", (chunk) => (said += String(chunk)));
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) throw refusalOf(said);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function refusalOf(said: string): DatabaseError {
  if (said.includes("could not look up effective user ID"))
    return new DatabaseError("database:nameless_user");
  return new DatabaseError("database:not_made", { reason: said.trim() });
}
