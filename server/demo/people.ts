import { activities, type Country, companies, countries, jobTitles } from "./names.ts";

/** A made-up person; nobody's address leads anywhere, for `.test` is nobody's. */
export interface Person {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  readonly jobTitle: string;
  readonly phone: string;
  readonly city: string;
  readonly country: string;
  readonly language: string;
  readonly stage: string;
  readonly activity: string;
  /** Share of the way from never to always interested, 0 to 1: decides who opens mail, and when last. */
  readonly interest: number;
}

/** The same numbers from 0 to 1 in every run (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** Stages and how many of a hundred are in them. */
const stages: readonly (readonly [string, number])[] = [
  ["subscriber", 28],
  ["lead", 34],
  ["marketingqualifiedlead", 10],
  ["opportunity", 6],
  ["customer", 18],
  ["evangelist", 1],
  ["other", 3],
];

function stageOf(share: number): string {
  let left = share * 100;
  for (const [stage, percent] of stages) {
    left -= percent;
    if (left < 0) return stage;
  }
  return "other";
}

const plain = (name: string) =>
  name
    .toLowerCase()
    .replaceAll("ł", "l")
    .normalize("NFD")
    .replace(/[^a-z]/g, "");

/** The one whose record has the longest story. */
const lucja: Person = {
  email: "lucja.brzozowska@tallmark.test",
  firstName: "Łucja",
  lastName: "Brzozowska",
  company: "Tallmark Sport",
  jobTitle: "Purchasing manager",
  phone: "+48 555 010 274",
  city: "Kraków",
  country: "Poland",
  language: "pl",
  stage: "lead",
  activity: "Skiing",
  interest: 0,
};

/** So many people, every time the same ones, each with an address of their own. The first is Łucja Brzozowska. */
export function makePeople(count: number): Person[] {
  const random = sequence(9_214);
  const taken = new Map([[lucja.email, 1]]);
  return [lucja, ...Array.from({ length: count - 1 }, () => makePerson(random, taken))];
}

function makePerson(random: Random, taken: Map<string, number>): Person {
  const country = pickCountry(random());
  const { firstName, lastName } = makeName(random, country);
  const [company = "", domain = country.mailbox] =
    random() < 0.4 ? pick(random, companies[country.language]) : [];
  return {
    email: address(taken, `${plain(firstName)}.${plain(lastName)}`, domain),
    firstName,
    lastName,
    company,
    jobTitle: company === "" ? "" : pick(random, jobTitles),
    phone: maybe(random, 0.6, () => `${country.dialling} ${Math.floor(random() * 900_000) + 100_000}`),
    city: pick(random, country.cities).replace("-", " "),
    country: country.name,
    language: country.language,
    stage: stageOf(random()),
    activity: maybe(random, 0.7, () => pick(random, activities)),
    interest: random(),
  };
}

function maybe(random: Random, chance: number, make: () => string): string {
  return random() < chance ? make() : "";
}

/** Most live where the shop is. */
function pickCountry(share: number): Country {
  return countries[share < 0.45 ? 0 : share < 0.75 ? 1 : 2] as Country;
}

function makeName(
  random: Random,
  { women, men, families }: Country,
): { firstName: string; lastName: string } {
  const woman = random() < 0.5;
  const firstName = pick(random, woman ? women : men);
  const [forWoman = "", forMan = forWoman] = pick(random, families).split("/");
  return { firstName, lastName: woman ? forWoman : forMan };
}

function address(taken: Map<string, number>, name: string, domain: string): string {
  const plainAddress = `${name}@${domain}`;
  const before = taken.get(plainAddress) ?? 0;
  taken.set(plainAddress, before + 1);
  return before === 0 ? plainAddress : `${name}${before + 1}@${domain}`;
}
