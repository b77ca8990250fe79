import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { projectRoot } from "#server/platform/root.ts";
import { houseRules, readHouse } from "./house.ts";

// Each check is shown what it exists for: violations are planted in a copy of the project, each in a file of its own,
// and the check has to name every one of them. A check that passes without looking would fail here.
const CHECKED = ["contract", "server", "web", "test", "e2e", "bench", "bin", "migrations"];
const SETTINGS =
  "package.json rooms.json .dependency-cruiser.js .oxlintrc.json biome.json knip.json tsconfig.json tsconfig.base.json vitest.config.ts vite.config.ts".split(
    " ",
  );

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let copy: string;
/** With the settings alone: the compiler needs no more than the planted files. */
let bare: string;

beforeAll(() => {
  copy = newFolder();
  bare = newFolder();
  for (const name of CHECKED) cpSync(join(projectRoot, name), join(copy, name), { recursive: true });
  for (const name of ["contract", "server", "web"]) {
    mkdirSync(join(bare, name));
    cpSync(join(projectRoot, name, "tsconfig.json"), join(bare, name, "tsconfig.json"));
  }
});
afterAll(() => {
  for (const folder of [copy, bare]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "headroom-planted-"));
  for (const name of SETTINGS) cpSync(join(projectRoot, name), join(folder, name));
  // Links one by one, so that what the checks write beside the packages stays in the folder.
  const packages = join(projectRoot, "node_modules");
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(packages).filter((name) => name === ".bin" || !name.startsWith("."))) {
    symlinkSync(join(packages, name), join(folder, "node_modules", name));
  }
  return folder;
}

function plant(file: string, text: string, folder = copy): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** What a check says about the copy; it must fail. */
const complaints = (tool: string, ...args: string[]) => complaintsIn(copy, tool, args);

async function complaintsIn(folder: string, tool: string, args: readonly string[]): Promise<string> {
  const run = {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  };
  return await new Promise((resolve, reject) => {
    execFile(join(folder, "node_modules/.bin", tool), args, run, (error, out, errors) => {
      if (error === null) reject(new Error(`${tool} found nothing wrong`));
      else resolve(out + errors);
    });
  });
}

const dependencies: readonly [file: string, text: string, rule: string][] = [
  ["contract/planted-server.ts", 'import "#server/platform/root.ts";\n', "contract-stands-alone"],
  ["web/home/planted-server.ts", 'import "../../server/platform/root.ts";\n', "web-knows-only-the-contract"],
  ["server/events/planted-web.ts", 'import "../../web/theme.ts";\n', "server-ignores-web"],
  [
    "server/platform/planted-feature.ts",
    'import "#server/events/record-event.ts";\n',
    "platform-knows-no-feature",
  ],
  ["server/billing/planted-door.ts", 'import "#server/accounts/routes.ts";\n', "doors-open-from-outside"],
  ["server/billing/planted-sql.ts", 'import "#server/events/queries.ts";\n', "sql-stays-with-its-owner"],
  ["server/events/planted-test.ts", 'import "#test/build.ts";\n', "no-test-code-in-the-program"],
  [
    "server/events/planted-later.ts",
    'import "#server/contacts/planted-room.ts";\n',
    "events-imports-only-what-comes-before",
  ],
  ["server/contacts/planted-room.ts", "export const room = 1;\n", ""],
  ["server/events/planted-circle-a.ts", 'import "./planted-circle-b.ts";\n', "no-cycles"],
  ["server/events/planted-circle-b.ts", 'import "./planted-circle-a.ts";\n', ""],
];

describe("dependency-cruiser", () => {
  let said: string;
  beforeAll(async () => {
    for (const [file, text] of dependencies) plant(file, text);
    said = await complaints(
      "depcruise",
      "contract",
      "server",
      "web",
      "test",
      "--config",
      ".dependency-cruiser.js",
    );
  });

  test("looks at the whole project", () => {
    const [, modules] = /\((?:.*)\)\. (\d+) modules/.exec(said) ?? [];
    expect(Number(modules)).toBeGreaterThan(400);
  });

  test.for(dependencies.filter(([, , rule]) => rule !== ""))("%s breaks a rule", ([file, , rule]) => {
    expect(said.split("\n").some((line) => line.includes(`${rule}: ${file}`))).toBe(true);
  });
});

const long = (lines: number) =>
  Array.from({ length: lines }, (_, line) => `  console.info(${line});`).join("\n");
const branches = Array.from({ length: 12 }, (_, n) => `  if (value === ${n}) return ${n + 1};`).join("\n");
const lints: readonly [file: string, text: string, rule: string][] = [
  [
    "server/events/planted-floating.ts",
    "export function f(work: () => Promise<void>) {\n  work();\n}\n",
    "no-floating-promises",
  ],
  [
    "server/events/planted-misused.ts",
    "export const f = (work: () => Promise<void>) => [1].forEach(work);\n",
    "no-misused-promises",
  ],
  ["server/events/planted-any.ts", "export const f = (value: any) => String(value);\n", "no-explicit-any"],
  ["server/events/planted-default.ts", "const value = 1;\nexport default value;\n", "no-default-export"],
  [
    "server/events/planted-barrel.ts",
    'export * from "./record-event.ts";\nexport * from "./queries.ts";\n',
    "no-barrel-file",
  ],
  [
    "server/events/planted-lines.ts",
    `${"export const x = 1;\n".repeat(1)}${"// line\n".repeat(10)}${long(301).replaceAll("  ", "")}\n`,
    "max-lines",
  ],
  ["server/events/planted-function.ts", `export function f() {\n${long(51)}\n}\n`, "max-lines-per-function"],
  [
    "server/events/planted-parameters.ts",
    "export const f = (a: 1, b: 1, c: 1, d: 1) => a + b + c + d;\n",
    "max-params",
  ],
  [
    "server/events/planted-branches.ts",
    `export function f(value: number) {\n${branches}\n  return 0;\n}\n`,
    "complexity",
  ],
  ["server/events/plantedName.ts", "export const f = 1;\n", "filename-case"],
  [
    "server/events/planted-circle-c.ts",
    'import { d } from "./planted-circle-d.ts";\nexport const c = () => d;\n',
    "no-cycle",
  ],
  [
    "server/events/planted-circle-d.ts",
    'import { c } from "./planted-circle-c.ts";\nexport const d = () => c;\n',
    "no-cycle",
  ],
];

describe("oxlint", () => {
  let said: { filename: string; code: string }[];
  beforeAll(async () => {
    for (const [file, text] of lints) plant(file, text);
    const output = await complaints("oxlint", "--type-aware", "--format=json", "server/events");
    said = (
      JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1)) as {
        diagnostics: typeof said;
      }
    ).diagnostics;
  });

  test.for(lints)("%s is refused", ([file, , rule]) => {
    const codes = said.filter(({ filename }) => filename === file).map(({ code }) => code);
    expect(codes.some((code) => code.endsWith(`(${rule})`))).toBe(true);
  });
});

const types: readonly [file: string, text: string, code: string][] = [
  ["contract/planted-type.ts", "export const text: string = 1;\n", "TS2322"],
  ["server/events/planted-type.ts", "export const text: string = 1;\n", "TS2322"],
  [
    "server/events/planted-index.ts",
    "export const length = (words: string[]): number => words[0].length;\n",
    "TS2532",
  ],
  ["server/events/planted-enum.ts", "export enum Kind {\n  One,\n}\n", "TS1294"],
  ["server/events/planted-new.ts", "export const grouped = Object.groupBy([1], String);\n", "TS2550"],
  ["server/events/planted-browser.ts", "export const here = document.title;\n", "TS2584"],
  ["web/home/planted-node.ts", 'export { join } from "node:path";\n', "TS2"],
];

test("the compiler refuses wrong types in every project", async () => {
  for (const [file, text] of types) plant(file, text, bare);
  const said = (await complaintsIn(bare, "tsc", ["-b", "--pretty", "false"])).split("\n");
  const missed = types.filter(
    ([file, , code]) => !said.some((line) => line.startsWith(file) && line.includes(code)),
  );
  expect(missed).toEqual([]);
});

test("biome refuses another form", async () => {
  plant("server/events/planted-form.ts", "export const form = { a:1,b :2 }\n");
  expect(await complaints("biome", "ci", "server/events")).toContain("planted-form.ts");
});

test("knip refuses what nobody uses", async () => {
  plant("server/events/planted-unused.ts", "export const nobody = 1;\n");
  plant("server/planted-package.ts", 'import "planted-unlisted-package";\n');
  const file = "server/events/record-event.ts";
  plant(file, `${readFileSync(join(copy, file), "utf8")}\nexport const plantedExport = 1;\n`);
  const settings = JSON.parse(readFileSync(join(copy, "package.json"), "utf8")) as Record<string, object>;
  const dependencies = { ...settings["dependencies"], "planted-package": "1.0.0" };
  plant("package.json", JSON.stringify({ ...settings, dependencies }, null, 2));
  const said = await complaints("knip");
  for (const unused of ["planted-unused.ts", "plantedExport", "planted-package"])
    expect(said).toContain(unused);
});

const owner = "insert into planted_table (account_id) values (1)";
const house: readonly [file: string, text: string, rule: string, complaint: string][] = [
  ["server/helpers/planted.ts", "", "every folder", "server/helpers is no room"],
  ["web/common/planted.ts", "", "every folder", "web/common is no room"],
  ["web/home/plantedName.css", "", "file names", "web/home/plantedName.css"],
  [
    "server/events/planted-writer.ts",
    "export const q = `update contact set x = 1`;",
    "a table is written",
    "server/events/planted-writer.ts writes contact",
  ],
  [
    "server/events/planted-builder.ts",
    'db.insertInto("contact")',
    "a table is written",
    "server/events/planted-builder.ts writes contact",
  ],
  ["server/events/planted-owner.ts", owner, "every table", "planted_table has no owner"],
  [
    "web/home/planted-zod.ts",
    'import { me } from "../../contract/accounts.ts";\n',
    "zod stays",
    "web/home/planted-zod.ts imports the value",
  ],
  [
    "server/events/planted-path.ts",
    `const folder = "${["", "work"].join("/")}/main";\n`,
    "nothing names",
    "server/events/planted-path.ts names",
  ],
  [
    "server/events/planted-later-on.ts",
    `// ${["TO", "DO"].join("")} finish\n`,
    "no file says",
    "server/events/planted-later-on.ts puts",
  ],
];

describe("the house's own rules", () => {
  beforeAll(() => {
    for (const [file, text] of house) plant(file, text);
    const table =
      "create table planted_table (\n  id bigint not null,\n  constraint planted_table_pkey PRIMARY KEY (id)\n);\n";
    plant(
      "migrations/schema.sql",
      `${readFileSync(join(projectRoot, "migrations/schema.sql"), "utf8")}\n${table}`,
    );
  });

  test.for(house)("%s is refused", ([, , rule, complaint]) => {
    const found = houseRules.find(({ name }) => name.startsWith(rule))?.find(readHouse(copy)) ?? [];
    expect(found.some((line) => line.startsWith(complaint))).toBe(true);
  });

  test("a table without the account in its key is refused", () => {
    const found = houseRules.flatMap(({ find }) => find(readHouse(copy)));
    expect(found).toContain("the key of planted_table does not begin with account_id");
  });
});
