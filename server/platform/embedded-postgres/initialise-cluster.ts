import { once } from "node:events";
import { mkdtempSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseError } from "./database-error.ts";
import type { Binaries } from "./find-binaries.ts";
import { runProgram } from "./run-program.ts";
import { giveTo, type ServerUser } from "./server-user.ts";

/** The cluster's own superuser: it makes the owner's role and database, and nothing else ever uses it. */
export const SUPERUSER = "headroom_superuser";

const VERSION = "18";

interface NewCluster {
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly folder: string;
  readonly password: string;
}

/** Makes a cluster unless there is one: beside its place, then renamed, so that an interrupted first start leaves nothing half-made. */
export async function initialiseCluster(cluster: NewCluster): Promise<void> {
  if (existsSync(join(cluster.folder, "PG_VERSION"))) {
    refuseOtherVersion(cluster.folder);
    return;
  }
  const unfinished = `${cluster.folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700, recursive: true });
  giveTo(cluster.user, unfinished);
  await runInitdb(cluster, unfinished);
  renameSync(unfinished, cluster.folder);
}

function refuseOtherVersion(folder: string): void {
  const version = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  if (version === VERSION) return;
  throw new DatabaseError(
    `The data in ${folder} was written by Postgres ${version}; this Headroom brings Postgres ${VERSION}. Start the Headroom that wrote it, or move the data to a Postgres of your own and set DATABASE_URL.`,
  );
}

/** The password goes through a file that only the server's user can read; a pipe does not work from Node. */
async function runInitdb({ binaries, user, password }: NewCluster, folder: string): Promise<void> {
  const secret = mkdtempSync(join(tmpdir(), "headroom-"));
  const passwordFile = join(secret, "password");
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(user, passwordFile);
    giveTo(user, secret);
    const child = runProgram(
      binaries.initdb,
      [
        ...["-D", folder, "-U", SUPERUSER, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"],
        ...["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
        ...["--no-instructions"],
      ],
      { user, stderr: "pipe" },
    );
    let said = "";
    child.stderr?.on("data", (chunk) => (said += String(chunk)));
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) throw new DatabaseError(`The database could not be made: ${said.trim()}`);
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
}
