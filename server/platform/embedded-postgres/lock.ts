import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isPlace, type Place, placeOf } from "./place.ts";
import { isRunning, type RunningProcess, thisProcess } from "./running-process.ts";

/** Who has a lock, and where it can be reached if it said so. */
export interface LockHolder extends RunningProcess, Partial<Place> {
  readonly address: string | null;
}

export interface Lock {
  /** Tells those who find the lock taken where its holder answers. */
  announce(address: string): void;
  release(): void;
}

/**
 * Takes a lock that ends with its process, or tells who has it. Every taking makes the next number of `name.lock.N`
 * (by a link, which only one process can make), and the highest number decides; so a dead holder's lock passes to
 * exactly one of those who find it, however their steps interleave. A lock that came with a copy of its folder is nobody's.
 */
export function takeLock(folder: string, name: string): Lock | LockHolder {
  for (;;) {
    const last = highest(folder, name);
    const holder = last === 0 ? null : readHolder(fileOf(folder, name, last));
    if (holder && isPlace(holder, folder) && isRunning(holder)) return holder;
    const file = fileOf(folder, name, last + 1);
    if (!make(file, folder)) continue;
    if (highest(folder, name) === last + 1) {
      removeOlder(folder, name, last);
      return {
        announce: (address) => write(file, holderOf(folder, address)),
        release: () => write(file, null),
      };
    }
    rmSync(file, { force: true });
  }
}

export function isLock(taken: Lock | LockHolder): taken is Lock {
  return "release" in taken;
}

function holderOf(folder: string, address: string | null): LockHolder {
  return { ...thisProcess(), ...placeOf(folder), address };
}

function make(file: string, folder: string): boolean {
  const draft = draftOf(file);
  writeFileSync(draft, JSON.stringify(holderOf(folder, null)));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A released lock keeps its number, so that the highest one always says how far the count has come. */
function write(file: string, holder: LockHolder | null): void {
  const draft = draftOf(file);
  writeFileSync(draft, JSON.stringify(holder));
  renameSync(draft, file);
}

function readHolder(file: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LockHolder | null;
  } catch {
    return null;
  }
}

function highest(folder: string, name: string): number {
  return Math.max(0, ...numbers(folder, name));
}

function removeOlder(folder: string, name: string, last: number): void {
  for (const number of numbers(folder, name)) {
    if (number <= last) rmSync(fileOf(folder, name, number), { force: true });
  }
}

function numbers(folder: string, name: string): number[] {
  const files = readdirSync(folder).filter((file) => file.startsWith(`${name}.lock.`));
  return files
    .map((file) => Number(file.slice(`${name}.lock.`.length)))
    .filter((number) => Number.isInteger(number));
}

const fileOf = (folder: string, name: string, number: number) => join(folder, `${name}.lock.${number}`);
const draftOf = (file: string) => `${file}.${process.pid}.draft`;
