import type { Plan } from "#contract/imports.ts";
import type { Person } from "./people.ts";

/** A file as somebody brought it home from a fair, with what was chosen when it was imported. */
export interface DemoFile {
  readonly name: string;
  readonly text: string;
  readonly choices: Partial<Plan>;
  /** When it was imported. */
  readonly period: number;
  readonly share: number;
}

type Cells = Readonly<Record<string, string>>;

/** The move from the tool they had before: it knows statuses, opt-outs and bounces. */
export function moveFile(people: readonly Person[], daysAgo: (days: number) => string): string {
  return table(
    people.map((person, i) => ({
      ...englishCells(person),
      "Phone Number": person.phone,
      "Preferred language": person.language,
      "Lifecycle Stage": person.stage,
      "Marketing contact status": i % 10 < 7 ? "Marketing contact" : "Non-marketing contact",
      Unsubscribed: i % 17 === 5 ? daysAgo(10 + (i % 300)) : "",
      "Hard bounce reason": i % 31 === 8 ? "UNKNOWN_USER" : i % 97 === 20 ? "MAILBOX_FULL" : "",
    })),
    ",",
  );
}

function englishCells(person: Person): Cells {
  return {
    "First Name": person.firstName,
    "Last Name": person.lastName,
    Email: person.email,
    Company: person.company,
    "Job Title": person.jobTitle,
    City: person.city,
    Country: person.country,
    "Favourite activity": person.activity,
  };
}

/** Column names of a fair's list, by the language of whoever typed it. */
const headers = {
  en: [
    "First Name",
    "Last Name",
    "Email",
    "Company",
    "Job Title",
    "City",
    "Country",
    "Lifecycle Stage",
    "Favourite activity",
  ],
  sv: [
    "Förnamn",
    "Efternamn",
    "E-post",
    "Företag",
    "Befattning",
    "Ort",
    "Land",
    "Livscykelfas",
    "Favourite activity",
  ],
  pl: [
    "Imię",
    "Nazwisko",
    "Adres e-mail",
    "Firma",
    "Stanowisko",
    "Miasto",
    "Kraj",
    "Etap cyklu życia",
    "Favourite activity",
  ],
} as const;

interface FairList {
  readonly language: keyof typeof headers;
  readonly fresh: readonly Person[];
  /** People met again: one in three has a new job, the others say the same as before. */
  readonly known: readonly Person[];
  /** Rows that cannot be imported, as they happen at a stand. */
  readonly bad: number;
}

export function fairFile({ language, fresh, known, bad }: FairList): string {
  const met = known.map((person, i) =>
    i % 3 === 0 ? { ...person, jobTitle: "Head of purchasing" } : person,
  );
  const broken = fresh.slice(0, bad).map(breakRow);
  const rows = [...fresh, ...met].map((person) => cellsOf(person, headers[language]));
  // Every seventh row or so, so that the rejected ones lie all over the file.
  broken.forEach((person, i) => rows.splice((i + 1) * 7, 0, cellsOf(person, headers[language])));
  return table(rows, language === "en" ? "," : ";");
}

function cellsOf(person: Person, names: readonly string[]): Cells {
  const { firstName, lastName, email, company, jobTitle, city, country, stage, activity } = person;
  const values = [firstName, lastName, email, company, jobTitle, city, country, stage, activity];
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""]));
}

/** No address, the same address twice, or a stage nobody has heard of. */
function breakRow(person: Person, i: number): Person {
  if (i % 3 === 0) return { ...person, email: `new.${person.email.replace("@", "(at)")}` };
  if (i % 3 === 1) return { ...person, email: `vip.${person.email}`, stage: "VIP" };
  return { ...person, email: person.email.replace("@", "@@") };
}

function table(rows: readonly Cells[], delimiter: string): string {
  const [first] = rows;
  const lines = [Object.keys(first ?? {}), ...rows.map((row) => Object.values(row))];
  return `${lines.map((cells) => cells.map((cell) => quoted(cell, delimiter)).join(delimiter)).join("\n")}\n`;
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
}
