import { nextUpdateInstant, previousUpdateInstant } from "#server/billing/update-instant.ts";
import {
  type BillingStep,
  calendar,
  isBillingStep,
  pass,
  renew,
  STEP,
  takeBillingStep,
} from "./billing-model.ts";
import { current, type Person, type World } from "./status-world.ts";

// The rules of marketing status once more, as small as they can be said: one `until` a contact, and ifs.

const HOUR = 3_600_000;

export type Step =
  | BillingStep
  | { do: "raise"; who: number[]; includeProtected: boolean }
  | { do: "lower" | "delete" | "restore" | "protect" | "unprotect"; who: number[] }
  | { do: "merge"; who: number[] }
  | { do: "pin"; who: number[]; pin: "always" | "never" | null }
  | { do: "approve" | "decline"; who: number[] }
  | { do: "undo" }
  | { do: "settle" }
  | { do: "wait"; hours: number }
  | { do: "calendar"; day: number };

type PersonStep = Extract<Step, { who: number[] }>;

const next = (world: World) => nextUpdateInstant(calendar(world), new Date(world.now)).getTime();
const start = (world: World) => previousUpdateInstant(calendar(world), new Date(world.now)).getTime();
const other = ({ now }: World): Person["last"] => ({ operation: "", kind: "other", at: now });

export function takeStep(world: World, step: Step, operation: string): void {
  world.isRefused = false;
  if (step.do === "wait") pass(world, world.now + step.hours * HOUR);
  else if (isBillingStep(step)) takeBillingStep(world, step);
  else if (step.do === "calendar") changeCalendar(world, step.day);
  else if (step.do === "undo") for (const person of world.people) undo(world, person);
  else if (step.do !== "settle") concern(world, step, operation);
  if (step.do === "raise" || step.do === "lower") world.lastOperation = operation;
}

function concern(world: World, step: PersonStep, operation: string): void {
  if (step.do === "merge") return merge(world, step.who);
  if (step.do === "approve") return approve(world, step.who);
  for (const index of step.who.toSorted((a, b) => a - b))
    change(world, world.people[index] as Person, { step, operation });
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
    Object.assign(person, { kept: until, until: null, gone: true, held: null, last: other(world) });
  if (step.do === "pin") pin(person, step.pin);
  if (step.do === "decline") person.held = null;
  if (step.do === "raise") raise(world, person, { operation, includeProtected: step.includeProtected });
  if (step.do === "lower") lower(world, person, { operation, kind: "lowered", at: world.now });
  if (step.do === "protect") Object.assign(person, { isProtected: true, protectedAt: world.now });
  if (step.do === "unprotect") person.isProtected = false;
}

function pin(person: Person, pinned: Person["pin"]): void {
  person.pin = pinned;
  if (pinned === "never") person.held = null;
}

function raise(
  world: World,
  person: Person,
  { operation, includeProtected }: { operation: string; includeProtected: boolean },
) {
  const until = current(person, world);
  if (until === Infinity || person.pin === "never" || (person.isProtected && !includeProtected)) return;
  const kind = until === null ? "raised" : "unscheduled";
  const last = { operation, kind, at: world.now } as const;
  if (until !== null) Object.assign(person, { until: Infinity, last });
  else take(world, person, { until: Infinity, despite: includeProtected, operation, last });
}

interface Place {
  readonly until: number;
  readonly despite: boolean;
  readonly operation: string;
  readonly last: Person["last"];
}

const usage = (world: World) => world.people.filter((person) => current(person, world) !== null).length;

/** One more contact counts, if there is room; else it is held or refused. */
function take(world: World, person: Person, { until, despite, operation, last }: Place): void {
  const { policy, tier, maximum } = world.limits;
  const top = Math.min(policy === "move_up" ? Infinity : tier, maximum ?? Infinity);
  if (usage(world) < top) {
    Object.assign(person, { until, held: null, last });
    while (usage(world) > world.limits.tier) world.limits.tier += STEP;
  } else if (policy !== "refuse" && person.held === null) {
    person.held = { since: world.now, until, despite, operation };
    person.lowered = null;
  }
}

/** Oldest first, past the limit but never the maximum; who must not be raised any more stops waiting. */
function approve(world: World, who: readonly number[]): void {
  const waiting = who
    .filter((index) => world.people[index]?.held)
    .toSorted((a, b) => age(world, a) - age(world, b) || a - b);
  for (const index of waiting) {
    const person = world.people[index] as Person;
    const hold = person.held as NonNullable<Person["held"]>;
    const { until } = hold;
    if (until <= world.now || isKept(person, hold)) person.held = null;
    else if (usage(world) < (world.limits.maximum ?? Infinity)) {
      Object.assign(person, { until, held: null, last: other(world) });
    }
  }
  while (usage(world) > world.limits.tier) world.limits.tier += STEP;
}

/** Pinned, or protected without a person's having known of it. */
function isKept(person: Person, { despite, since }: NonNullable<Person["held"]>): boolean {
  return person.pin === "never" || (person.isProtected && (!despite || person.protectedAt > since));
}

const age = (world: World, index: number) => world.people[index]?.held?.since ?? 0;

function lower(world: World, person: Person, last: Person["last"]): void {
  if (person.held !== null) person.lowered = { operation: last.operation, held: person.held };
  person.held = null;
  if (person.until === Infinity && person.pin !== "always")
    Object.assign(person, { until: next(world), last });
}

function restore(world: World, person: Person): void {
  if (!person.gone || person.merged) return;
  person.gone = false;
  person.until = null;
  const { kept } = person;
  person.kept = null;
  if (kept !== null && kept > world.now) {
    take(world, person, { until: kept, despite: false, operation: "", last: other(world) });
  }
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
  mergeHeld(world, survivor, loser);
  if (survivor.isProtected) lower(world, survivor, other(world));
}

/** A survivor that does not count waits in the loser's place. */
function mergeHeld(world: World, survivor: Person, loser: Person): void {
  if (current(survivor, world) !== null) survivor.held = null;
  else if (survivor.pin !== "never" && survivor.held === null && loser.held !== null)
    Object.assign(survivor, { held: loser.held, lowered: null });
  loser.held = null;
}

function undo(world: World, person: Person): void {
  if (person.gone) return;
  if (person.held !== null && person.held.operation === world.lastOperation) {
    person.held = null;
    return;
  }
  if (reopen(world, person) || person.last.operation !== world.lastOperation) return;
  if (person.last.kind === "lowered") undoLowering(world, person);
  else undoRaise(world, person);
}

/** Who was held before the lowering waits again, if that still makes sense. */
function reopen(world: World, person: Person): boolean {
  const { lowered } = person;
  if (lowered === null || lowered.operation !== world.lastOperation || person.held !== null) return false;
  if (current(person, world) !== null || isKept(person, lowered.held)) return false;
  Object.assign(person, { held: lowered.held, lowered: null });
  return true;
}

function undoRaise(world: World, person: Person): void {
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
  if (current(person, world) !== null) Object.assign(person, { until: Infinity, last: other(world) });
  else if (!held) take(world, person, { until: Infinity, despite: false, operation: "", last: other(world) });
}

function changeCalendar(world: World, day: number): void {
  renew(world);
  world.anchor = `2026-01-${String(day).padStart(2, "0")}`;
  for (const person of world.people) {
    const until = current(person, world);
    if (!person.gone && until !== Infinity && until !== null && until > next(world)) {
      Object.assign(person, { until: next(world), last: { ...person.last, operation: "" } });
    }
  }
}
