import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseError } from "../database-error.ts";
import { writeOnce } from "../write-once.ts";
import { isRoot } from "./find-binaries.ts";
import { defaultServerUser, type ServerUser } from "./server-user.ts";

/** Where the cluster lies and who runs it. */
export interface ClusterPlace {
  readonly cluster: string;
  readonly user: ServerUser | undefined;
}

const OUTSIDE = "/var/lib/headroom";

/** Makes the data folder: others may pass through it (the server's user has to), but not look. */
export function openDataFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(folder);
  } catch (error) {
    throw new DatabaseError("database:folder_unusable", {
      folder,
      reason: (error as NodeJS.ErrnoException).code,
    });
  }
}

/**
 * The cluster is the data folder's `postgres`. Only when we are root and the server's user cannot get there (a clone in
 * root's home) it lies in /var/lib/headroom, and `postgres.location` in the data folder says where.
 */
export function placeCluster(folder: string): ClusterPlace {
  const pointer = join(folder, "postgres.location");
  const inside = join(folder, "postgres");
  if (!isRoot()) return { cluster: requireOurs(inside), user: undefined };
  const user = ownerOf(inside) ?? ownerOf(folder) ?? defaultServerUser();
  if (existsSync(pointer)) return { cluster: readFileSync(pointer, "utf8").trim(), user };
  if (canPass(folder, user)) return { cluster: inside, user };
  // Not named after the folder: one that was removed and made again must not meet the cluster of the first.
  writeOnce(pointer, join(OUTSIDE, randomBytes(6).toString("hex"), "postgres"));
  const cluster = readFileSync(pointer, "utf8").trim();
  mkdirSync(dirname(cluster), { recursive: true, mode: 0o711 });
  return { cluster, user };
}

/** Root may look after another user's data: then the server stays that user's. */
function ownerOf(path: string): ServerUser | undefined {
  if (!existsSync(path)) return undefined;
  const { uid, gid } = statSync(path);
  return uid === 0 ? undefined : { uid, gid };
}

function requireOurs(cluster: string): string {
  if (existsSync(cluster) && process.getuid !== undefined && statSync(cluster).uid !== process.getuid()) {
    throw new DatabaseError("database:folder_is_foreign", { cluster });
  }
  return cluster;
}

function canPass(folder: string, { uid, gid }: ServerUser): boolean {
  const { mode, uid: owner, gid: group } = statSync(folder);
  const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
  const parent = dirname(folder);
  return (mode & bit) !== 0 && (parent === folder || canPass(parent, { uid, gid }));
}
