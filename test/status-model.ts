import { nextUpdateInstant, previousUpdateInstant } from "#server/billing/update-instant.ts";

// The rules of marketing status once more, as small as they can be said: one `until` a contact, and ifs.

const HOUR = 3_600_000;

export interface Person {
  /** Infinity, milliseconds, or null without a status; times that have passed count as null. */
  until: number | null;
  kept: number | null;
  gone: boolean;
  merged: boolean;
  isProtected: boolean;
  pin: "always" | "never" | null;
  last: { operation: string; kind: "raised" | "unscheduled" | "lowered" | "other"; at: number };
}

export interface World {
  readonly people: Person[];
  now: number;
  /** A local date of a renewal, in Warsaw. */
  anchor: string;
  /** The latest operation that raised or lowered: what an undo takes back. */
  lastOperation: string;
}

export type Step =
  | { do: "raise"; who: number[]; includeProtected: boolean }
  | { do: "lower" | "delete" | "restore" | "protect" | "unprotect"; who: number[] }
  | { do: "merge"; who: number[] }
  | { do: "pin"; who: number[]; pin: "always" | "never" | null }
  | { do: "undo" }
  | { do: "settle" }
  | { do: "wait"; hours: number }
  | { do: "calendar"; day: number };

type PersonStep = Extract<Step, { who: number[] }>;

const calendar = ({ anchor }: World) => ({ term: "monthly", anchor, timeZone: "Europe/Warsaw" }) as const;
const next = (world: World) => nextUpdateInstant(calendar(world), new Date(world.now)).getTime();
const start = (world: World) => previousUpdateInstant(calendar(world), new Date(world.now)).getTime();
const other = ({ now }: World): Person["last"] => ({ operation: "", kind: "other", at: now });

export function newPerson(): Person {
  const last = { operation: "", kind: "other" as const, at: 0 };
  return { until: null, kept: null, gone: false, merged: false, isProtected: false, pin: null, last };
}

/** What holds now: a time that has passed is none. */
export function current({ until }: Person, { now }: Pick<World, "now">): number | null {
  return until !== null && until > now ? until : null;
}

export function takeStep(world: World, step: Step, operation: string): void {
  if (step.do === "wait") world.now += step.hours * HOUR;
  else if (step.do === "calendar") changeCalendar(world, step.day);
  else if (step.do === "undo") for (const person of world.people) undo(world, person);
  else if (step.do === "merge") merge(world, step.who);
  else if (step.do !== "settle")
    for (const index of step.who) change(world, world.people[index] as Person, { step, operation });
  if (step.do === "raise" || step.do === "lower") world.lastOperation = operation;
}

function change(
  world: World,
  person: Person,
  { step, operation }: { step: PersonStep; operation: string },
): void {
  if (step.do === "restore") return restore(world, person);
  if (person.gone) return;
  const until = current(person, world);
  if (step.do === "delete")
    Object.assign(person, { kept: until, until: null, gone: true, last: other(world) });
  if (step.do === "pin") person.pin = step.pin;
  if (step.do === "raise") raise(world, person, { operation, includeProtected: step.includeProtected });
  if (step.do === "lower") lower(world, person, { operation, kind: "lowered", at: world.now });
  if (step.do === "protect" || step.do === "unprotect") person.isProtected = step.do === "protect";
}

function raise(
  world: World,
  person: Person,
  { operation, includeProtected }: { operation: string; includeProtected: boolean },
) {
  const until = current(person, world);
  if (until === Infinity || person.pin === "never" || (person.isProtected && !includeProtected)) return;
  const kind = until === null ? "raised" : "unscheduled";
  Object.assign(person, { until: Infinity, last: { operation, kind, at: world.now } });
}

function lower(world: World, person: Person, last: Person["last"]): void {
  if (person.until === Infinity && person.pin !== "always")
    Object.assign(person, { until: next(world), last });
}

function restore(world: World, person: Person): void {
  if (!person.gone || person.merged) return;
  person.gone = false;
  person.until = person.kept !== null && person.kept > world.now ? person.kept : null;
  person.kept = null;
  if (person.until !== null) person.last = other(world);
  if (person.isProtected) lower(world, person, other(world));
}

function merge(world: World, [first, second]: number[]): void {
  const survivor = world.people[first as number] as Person;
  const loser = world.people[second as number] as Person;
  if (survivor.gone || loser.gone) return;
  const [mine, theirs] = [current(survivor, world), current(loser, world)];
  const later = Math.max(mine ?? -Infinity, theirs ?? -Infinity);
  if (later > (mine ?? -Infinity)) Object.assign(survivor, { until: later, last: other(world) });
  Object.assign(loser, { until: null, gone: true, merged: true });
  if (survivor.isProtected) lower(world, survivor, other(world));
}

function undo(world: World, person: Person): void {
  if (person.gone || person.last.operation !== world.lastOperation) return;
  if (person.last.kind === "lowered") return undoLowering(world, person);
  if (current(person, world) !== Infinity || person.pin === "always") return;
  const age = world.now - person.last.at;
  const fresh = age < 24 * HOUR && person.last.at >= start(world);
  Object.assign(person, {
    until: person.last.kind === "raised" && fresh ? null : next(world),
    last: other(world),
  });
}

/** Before the instant the schedule goes; after it, it is a raise like any other. */
function undoLowering(world: World, person: Person): void {
  const held = person.pin === "never" || person.isProtected;
  if (current(person, world) === null && held) return;
  Object.assign(person, { until: Infinity, last: other(world) });
}

function changeCalendar(world: World, day: number): void {
  world.anchor = `2026-01-${String(day).padStart(2, "0")}`;
  for (const person of world.people) {
    const until = current(person, world);
    if (!person.gone && until !== Infinity && until !== null && until > next(world)) {
      Object.assign(person, { until: next(world), last: { ...person.last, operation: "" } });
    }
  }
}
