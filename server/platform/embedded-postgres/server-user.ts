import { chownSync, readFileSync } from "node:fs";
import { DatabaseError } from "../database-error.ts";

/** Who Postgres runs as when we are root, which it refuses. Where a user is undefined, it runs as we do. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ["postgres", "headroom", "nobody"];

export function defaultServerUser(): ServerUser {
  const users = passwd();
  for (const name of CANDIDATES) {
    const user = users.find((line) => line[0] === name);
    if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new DatabaseError("database:no_server_user");
}

/** Gives a path to the server's user; nothing to do when that is us. */
export function giveTo(user: ServerUser | undefined, path: string): void {
  if (user) chownSync(path, user.uid, user.gid);
}

function passwd(): string[][] {
  try {
    return readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .map((line) => line.split(":"));
  } catch {
    return [];
  }
}
