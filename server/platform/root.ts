import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The project's folder, found from the running file: the bundle lies deeper than the source. */
export const projectRoot: string = findRoot(import.meta.dirname);

function findRoot(folder: string): string {
  if (existsSync(join(folder, "rooms.json"))) return folder;
  return findRoot(dirname(folder));
}

/** As package.json says it. */
export function programVersion(): string {
  const file = readFileSync(join(projectRoot, "package.json"), "utf8");
  return (JSON.parse(file) as { version: string }).version;
}
