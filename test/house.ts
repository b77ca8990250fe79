import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A rule that imports alone cannot show; who may import whom is in .dependency-cruiser.js. */
export interface HouseRule {
  readonly name: string;
  /** What breaks the rule, a line each. */
  readonly find: (house: House) => string[];
}

export interface House {
  readonly root: string;
  readonly rooms: {
    readonly features: readonly string[];
    readonly tableOwners: Readonly<Record<string, string>>;
    readonly tablesWithoutAccount: Readonly<Record<string, string>>;
  };
  readonly sources: readonly { readonly file: string; readonly text: string }[];
  /** The dump of the migrated database. */
  readonly schema: string;
}

const FOLDERS = ["contract", "server", "web", "test", "e2e", "bench", "bin", "docs", "migrations", ".ci"];
const BESIDE_FEATURES: Record<string, readonly string[]> = {
  server: ["platform", "locales"],
  web: ["ui", "shell", "home", "help", "locales", "public"],
};

/** Reads the project in a folder. */
export function readHouse(root: string): House {
  const files = FOLDERS.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(
          (file) => `${folder}/${file}`,
        )
      : [],
  );
  return {
    root,
    rooms: JSON.parse(readFileSync(join(root, "rooms.json"), "utf8")) as House["rooms"],
    sources: files
      .filter((file) => /\.(ts|tsx|js|css|json|md|sql)$|\.ci\/run$/.test(file))
      .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") })),
    schema: readFileSync(join(root, "migrations/schema.sql"), "utf8"),
  };
}

export const houseRules: readonly HouseRule[] = [
  { name: "every folder is a feature's room or one of the few beside them", find: strangeFolders },
  { name: "file names are kebab-case", find: strangeNames },
  { name: "a table is written only by its owner", find: foreignWriters },
  { name: "every table has an owner", find: ownerlessTables },
  { name: "every key begins with the account", find: keysWithoutAccount },
  { name: "zod stays out of the screens", find: zodInScreens },
  { name: "nothing names this machine or a registry", find: machinePaths },
  { name: "no file says later", find: unfinished },
];

function strangeFolders({ root, rooms }: House): string[] {
  return Object.entries(BESIDE_FEATURES).flatMap(([side, beside]) =>
    readdirSync(join(root, side), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .filter(({ name }) => !rooms.features.includes(name) && !beside.includes(name))
      .map(({ name }) => `${side}/${name} is no room`),
  );
}

function strangeNames({ sources }: House): string[] {
  return sources
    .map(({ file }) => file)
    .filter((file) => !/^[a-z0-9/.-]+$|^migrations\/\d{4}_\w+\.sql$/.test(file));
}

function foreignWriters({ rooms, sources }: House): string[] {
  const program = sources.filter(({ file }) => /^server\/.*\.ts$/.test(file) && !file.endsWith(".test.ts"));
  return Object.entries(rooms.tableOwners).flatMap(([table, owner]) => {
    const write = writing(table);
    const foreign = program.filter(
      ({ file, text }) => !file.startsWith(`server/${owner}/`) && write.test(text),
    );
    return foreign.map(({ file }) => `${file} writes ${table}, which is of ${owner}`);
  });
}

function writing(table: string): RegExp {
  const bySql = `(insert\\s+into|update|delete\\s+from|merge\\s+into|truncate|copy)\\s+${table}\\b(?!\\.)`;
  return new RegExp(
    `\\.(insertInto|updateTable|deleteFrom|mergeInto)\\(\\s*["'\`]${table}\\b|\\b${bySql}`,
    "i",
  );
}

function tables({ schema }: House): { name: string; body: string }[] {
  return [...schema.matchAll(/^create table (\w+) \((.*?)^\)/gms)].map(([, name = "", body = ""]) => ({
    name,
    body,
  }));
}

function ownerlessTables(house: House): string[] {
  const { tableOwners, features } = house.rooms;
  const names = tables(house).map(({ name }) => name);
  const lost = names.filter((name) => name !== "schema_migration" && tableOwners[name] === undefined);
  const strange = Object.entries(tableOwners).filter(
    ([table, owner]) => !features.includes(owner) || !names.includes(table),
  );
  return [
    ...lost.map((name) => `${name} has no owner in rooms.json`),
    ...strange.map(([table, owner]) => `${owner} cannot own ${table}`),
  ];
}

function keysWithoutAccount(house: House): string[] {
  return tables(house)
    .filter(({ name }) => name !== "schema_migration" && !(name in house.rooms.tablesWithoutAccount))
    .filter(({ body }) => !/PRIMARY KEY \(account_id[,)]/.test(body))
    .map(({ name }) => `the key of ${name} does not begin with account_id`);
}

/** Types cost nothing; a value from a file that imports zod brings all of it into the browser. */
function zodInScreens({ sources }: House): string[] {
  const heavy = sources
    .filter(({ file, text }) => file.startsWith("contract/") && /from "(zod|\.\/endpoint\.ts)"/.test(text))
    .filter(({ text }) => !/^import type .* from "zod"/m.test(text))
    .map(({ file }) => file.slice("contract/".length));
  // What a test imports reaches no browser.
  return sources
    .filter(({ file }) => /^web\/.*\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .flatMap(({ file, text }) =>
      [...text.matchAll(/^import (?!type )[^;]*? from "([^"]+)"/gm)]
        .map(([, from = ""]) => from)
        .filter((from) => from === "zod" || heavy.some((name) => from.endsWith(`contract/${name}`)))
        .map((from) => `${file} imports the value of ${from}`),
    );
}

const ELSEWHERE = /(?<![.\w])\/(work|home|root|Users)\/[a-z]|registry\.\w+\.(org|com)/;

function machinePaths({ sources }: House): string[] {
  return sources
    .filter(({ text }) => ELSEWHERE.test(text))
    .map(({ file }) => `${file} names a place of one machine`);
}

// Written so that this file does not break its own rule.
const LATER = /\b(TO[D]O|FIX[M]E|XX[X])\b/;

function unfinished({ sources }: House): string[] {
  return sources.filter(({ text }) => LATER.test(text)).map(({ file }) => `${file} puts something off`);
}
