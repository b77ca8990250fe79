import { createContact } from "#server/contacts/record/create-contact.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import type { Context } from "#server/platform/context.ts";
import { type DemoFile, fairFile, moveFile } from "./files.ts";
import type { Person } from "./people.ts";
import { PERIODS } from "./periods.ts";
import { type ReadFile, writeFile } from "./run-import.ts";
import type { Step } from "./step.ts";

/** Everybody who is ever created; 42 of them are deleted later, and one is merged. */
export const PEOPLE = 5_043;
const MOVED = 2_250;
/** By hand and by the shop, in each period after the first. */
const SINGLY = 16;

interface Fair {
  readonly name: string;
  readonly language: "en" | "sv" | "pl";
  readonly period: number;
  readonly share: number;
  /** New people; the last list has all who are left. */
  readonly fresh: number;
  readonly known: number;
  readonly bad: number;
  readonly status: "new" | "nobody";
}

function fair(
  name: string,
  when: readonly [number, number],
  more: Omit<Fair, "name" | "period" | "share">,
): Fair {
  return { name, period: when[0], share: when[1], ...more };
}

const fairs: readonly Fair[] = [
  fair("fair-leeds.csv", [-8, 0.25], { language: "en", fresh: 180, known: 30, bad: 4, status: "new" }),
  fair("massan-malmo.csv", [-7, 0.3], { language: "sv", fresh: 210, known: 24, bad: 3, status: "new" }),
  fair("targi-krakow.csv", [-6, 0.2], { language: "pl", fresh: 240, known: 36, bad: 6, status: "new" }),
  fair("spring-catalogue.csv", [-5, 0.4], { language: "en", fresh: 260, known: 51, bad: 0, status: "new" }),
  fair("dealers-poland.csv", [-4, 0.3], { language: "pl", fresh: 150, known: 12, bad: 2, status: "nobody" }),
  fair("massan-are.csv", [-3, 0.35], { language: "sv", fresh: 280, known: 42, bad: 5, status: "new" }),
  fair("summer-hikes.csv", [-2, 0.3], { language: "en", fresh: 260, known: 33, bad: 1, status: "new" }),
  fair("targi-zakopane.csv", [-1, 0.25], { language: "pl", fresh: 220, known: 27, bad: 7, status: "new" }),
  fair("partners.csv", [0, 0.2], { language: "en", fresh: 140, known: 15, bad: 0, status: "new" }),
  fair("massan-goteborg.csv", [0, 0.7], { language: "sv", fresh: 0, known: 201, bad: 33, status: "nobody" }),
];

export interface Growth {
  readonly files: readonly DemoFile[];
  /** Who comes one by one, in the order they come. */
  readonly singles: readonly Person[];
}

/** Deals the people out: the move, the singles, and a list from each fair. */
export function planGrowth(people: readonly Person[], daysAgo: (days: number) => string): Growth {
  const choices = { status: "column", includeProtected: true } as const;
  const moved = people.slice(0, MOVED);
  const move: DemoFile = {
    name: "contacts-move.csv",
    text: moveFile(moved, daysAgo),
    choices,
    period: -PERIODS,
    share: 0.12,
  };
  let next = MOVED + SINGLY * PERIODS;
  const lists = fairs.map(({ name, period, share, language, fresh, known, bad, status }): DemoFile => {
    const end = fresh === 0 ? people.length : next + fresh;
    const text = fairFile({
      language,
      fresh: people.slice(next, end),
      known: moved.slice(100 - period * 200, 100 - period * 200 + known),
      bad,
    });
    next = end;
    return { name, text, period, share, choices: { status } };
  });
  return { files: [move, ...lists], singles: people.slice(MOVED, MOVED + SINGLY * PERIODS) };
}

export function growthSteps(files: readonly ReadFile[], singles: readonly Person[]): Step[] {
  const imports = files.map(
    (file): Step => ({ ...file, by: "marta", act: (context) => writeFile(context, file) }),
  );
  const alone = singles.map((person, i): Step => {
    const byHand = i % 2 === 0;
    const share = ((i % SINGLY) + 0.5) / (SINGLY + 1);
    const period = Math.floor(i / SINGLY) - PERIODS + 1;
    return {
      period,
      share,
      by: byHand ? "jonas" : "shop",
      act: (context) => (byHand ? addByHand(context, person, i) : addByShop(context, person, i)),
    };
  });
  return [...imports, ...alone];
}

function addByHand(context: Context, person: Person, i: number): Promise<unknown> {
  const dealer = person.company === "" ? {} : { dealer_number: `D-${String(1_000 + i)}` };
  return createContact(context, { properties: { ...valuesOf(person), ...dealer }, marketing: i % 4 === 0 });
}

/** The shop's program says apart who agreed to marketing mail. */
async function addByShop(context: Context, person: Person, i: number): Promise<void> {
  const { id } = await createContact(context, {
    properties: { ...valuesOf(person), lifecyclestage: "customer" },
  });
  if (i % 4 !== 1) return;
  await setMarketing(context, { ids: [id], sourceType: "INTEGRATOR_SET", sourceId: context.actor.id });
}

function valuesOf(person: Person): Record<string, string> {
  const { email, company, phone, city, country } = person;
  return {
    email,
    company,
    phone,
    city,
    country,
    firstname: person.firstName,
    lastname: person.lastName,
    jobtitle: person.jobTitle,
    hs_language: person.language,
    lifecyclestage: person.stage,
    favourite_activity: person.activity.toLowerCase(),
  };
}
