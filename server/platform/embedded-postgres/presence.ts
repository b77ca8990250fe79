import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isPlace, type Place, placeOf } from "./place.ts";
import { isRunning, type RunningProcess, thisProcess } from "./running-process.ts";

/** The programs that use a data folder's database at this moment; whoever leaves last stops it. */
export interface Presence {
  othersAreThere(): boolean;
  leave(): void;
}

let entries = 0;

export function enter(folder: string): Presence {
  const present = join(folder, "present");
  mkdirSync(present, { recursive: true, mode: 0o700 });
  const ours = `${process.pid}-${entries++}`;
  writeFileSync(join(present, ours), JSON.stringify({ ...thisProcess(), ...placeOf(folder) }));
  return {
    othersAreThere: () =>
      readdirSync(present).some((file) => file !== ours && isPresent(join(present, file), folder)),
    leave: () => rmSync(join(present, ours), { force: true }),
  };
}

/** What a killed program left behind is swept here, and what came with a copy of the folder. */
function isPresent(file: string, folder: string): boolean {
  try {
    const one = JSON.parse(readFileSync(file, "utf8")) as RunningProcess & Partial<Place>;
    if (isPlace(one, folder) && isRunning(one)) return true;
  } catch {
    // Half-written or just removed: not there.
  }
  rmSync(file, { force: true });
  return false;
}
