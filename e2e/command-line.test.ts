import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "#server/platform/root.ts";
import { type Installation, startHeadroom } from "./installation.ts";

// Everything a person does from a terminal, while the server runs.
let headroom: Installation;
let people: string;
beforeAll(async () => {
  headroom = await startHeadroom();
  people = join(headroom.folder, "people.csv");
  const rows = [
    "Email,First Name",
    "asa@example.test,Åsa",
    "lukasz@example.test,Łukasz",
    "bo(at)example.test,Bo",
  ];
  writeFileSync(people, `${[...rows, "asa@example.test,Åsa again", "per@example.test,Per"].join("\n")}\n`);
});
afterAll(() => headroom.stop());

const refused = (reason: string) => ({ code: 1, json: { error: { reason } } });

test("what is written wrongly is told in a sentence, with exit code 2", async () => {
  expect(await headroom.run("nonsense")).toMatchObject({
    code: 2,
    errors: expect.stringContaining("no command nonsense"),
  });
  expect(await headroom.run("usage", "--nonsense")).toMatchObject({
    code: 2,
    errors: expect.stringContaining("--nonsense"),
  });
  expect(await headroom.run("import")).toMatchObject({
    code: 2,
    errors: expect.stringContaining("file is missing"),
  });
  expect(await headroom.run("set-non-marketing")).toMatchObject({
    code: 2,
    errors: expect.stringContaining("--filter"),
  });
  expect(await headroom.run("usage", "--at", "yesterday")).toMatchObject({
    code: 2,
    errors: expect.stringContaining("yesterday"),
  });
  expect((await headroom.run("usage", "--at", "2026-02-30")).code).toBe(2);
  expect(await headroom.run("plan", "set", "--plan", "gold")).toMatchObject({
    code: 2,
    errors: expect.stringContaining("starter, professional, enterprise"),
  });
  expect(await headroom.run("operation", "show", "abc")).toMatchObject({
    code: 2,
    errors: expect.stringContaining("abc"),
  });
  expect(await headroom.run("usage", "--account", "nobody", "--json")).toMatchObject(
    refused("command-line:account_unknown"),
  );
});

test("help is whole, and nobody but a service is told about an old Node", async () => {
  const help = await headroom.run("import", "--help");
  expect(help).toMatchObject({ code: 0, errors: "" });
  expect(help.output).toContain("Usage: headroom import [options]");
  expect(help.output).not.toMatch(/command_|help_/);
});

test("a dry run says what an import would do, and does nothing", async () => {
  const dry = await headroom.run("import", people, "--set-marketing", "new", "--dry-run", "--json");
  expect(dry).toMatchObject({ code: 0, json: { rows: 5, created: 3, rejected: 2, raised: 3 } });
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ total: 0 });
});

test("a raise needs the right number, and an import accounts for every row", async () => {
  const raise = (...more: string[]) =>
    headroom.run("import", people, "--set-marketing", "new", "--json", ...more);
  expect(await raise()).toMatchObject(refused("imports:needs_expect"));
  expect(await raise("--expect", "4")).toMatchObject(refused("imports:count_changed"));
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ total: 0 });
  const done = await raise("--expect", "3");
  expect(done.output.trim().split("\n")).toHaveLength(1);
  const result = { rows: 5, created: 3, updated: 0, unchanged: 0, rejected: 2, raised: 3, protected: 0 };
  expect(done).toMatchObject({ code: 0, json: result });
});

test("rejected rows are an error only where they are to be", async () => {
  const again = { rows: 5, created: 0, updated: 0, unchanged: 3, rejected: 2 };
  expect(await headroom.run("import", people, "--json")).toMatchObject({ code: 0, json: again });
  expect(await headroom.run("import", people, "--json", "--strict")).toMatchObject({ code: 1, json: again });
});

test("statuses change by the number that was confirmed, and an operation takes them back", async () => {
  const lowered = await headroom.run("set-non-marketing", "--all", "--expect", "3", "--json");
  expect(lowered).toMatchObject({ code: 0, json: { state: "done", changed: 3 } });
  expect(lowered.errors).toMatch(/from 1 \w+ \d{4}, 00:00 \(Europe\/Stockholm\)/);
  const { json: usage } = await headroom.run("usage", "--json");
  expect(usage).toMatchObject({ marketing: 3, waiting: 3, nonMarketing: 0, total: 3, contactLimit: 9_000 });

  const id = String(lowered.json["operation"]);
  expect(await headroom.run("operation", "show", id)).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^ID +Started +Change +State +Done\n.* 3 \/ 3$/m),
  });
  expect(await headroom.run("operation", "undo", id, "--json")).toMatchObject({
    code: 0,
    json: { kind: "undo_status", done: 3 },
  });
  expect(await headroom.run("operation", "undo", id, "--json")).toMatchObject(
    refused("operations:undo_undone"),
  );
  const { json: list } = await headroom.run("operation", "list", "--limit", "1", "--json");
  expect(list).toMatchObject({ operations: [{ kind: "undo_status", state: "done" }] });
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ marketing: 3, waiting: 0 });
  expect(await headroom.run("set-marketing", "--all", "--json")).toMatchObject(
    refused("marketing-status:raise_needs_expect"),
  );
});

test("usage is known at any moment, and every recount agrees", async () => {
  expect((await headroom.run("usage", "--at", "2031-01-01T00:00:00Z", "--json")).json).toMatchObject({
    marketing: 3,
    waiting: 0,
  });
  expect((await headroom.run("usage", "--at", "2021-01-01T00:00:00Z", "--json")).json).toMatchObject({
    marketing: 0,
  });
  expect((await headroom.run("usage")).output).toMatch(
    /Next update: 1 \w+ \d{4}, 00:00 \(Europe\/Stockholm\)/,
  );
  expect(await headroom.run("plan", "set", "--maximum", "1500")).toMatchObject({ code: 0 });
  expect((await headroom.run("usage")).output).toContain("Maximum: 1,500, left until it: 1,497");
  expect((await headroom.run("plan", "show")).output).toContain("Maximum 1,500, 1,497 left until it");
  const { output: statement } = await headroom.run("statement");
  expect(statement).toMatch(/^Marketing contacts +Opening +Raised +Lowered +Closing +Share of price$/m);
  expect(statement).toMatch(/^Total +0 +\+3 +0 +3 /m);
  expect(await headroom.run("verify", "--json")).toMatchObject({
    code: 0,
    json: { right: true, marketing: 3 },
  });
});

test("logins and tokens can be made where no mail can be sent", async () => {
  const reset = await headroom.run("user", "reset-password", "--email", "anna@example.test", "--json");
  expect(reset).toMatchObject({ code: 0, json: { link: expect.stringContaining("/reset-password#") } });
  expect(
    await headroom.run("user", "reset-password", "--email", "anna@example.test", "--mail", "--json"),
  ).toMatchObject(refused("accounts:reset_needs_mail"));
  const token = await headroom.run(
    "token",
    "create",
    "--name",
    "Shop",
    "--permissions",
    "contacts.view",
    "--json",
  );
  expect(token).toMatchObject({ code: 0, json: { token: expect.stringMatching(/^headroom_/) } });
});

const officials = join(projectRoot, "../shared/data/officials.csv");

test.skipIf(!existsSync(officials))(
  "the real file: 8,261 created, 540 rejected (skipped without ../shared)",
  async () => {
    const dry = await headroom.run("import", officials, "--without-address", "--dry-run", "--json");
    expect(dry).toMatchObject({ code: 0, json: { rows: 8_801, created: 8_795, rejected: 6 } });
    const done = await headroom.run("import", officials, "--json");
    expect(done).toMatchObject({
      code: 0,
      json: { rows: 8_801, created: 8_261, updated: 0, unchanged: 0, rejected: 540 },
    });
    expect(done.errors).toMatch(/: 534\n/);
    expect(done.errors).toMatch(/: 6\n/);
  },
);

test("a demo account stands beside the others, once", async () => {
  const made = await headroom.run("demo", "--json");
  const numbers = { contacts: 5_000, marketing: 3_328, waiting: 126, contactLimit: 7_000 };
  expect(made).toMatchObject({ code: 0, json: { account: "Fernhill Outdoor", ...numbers } });
  expect(made.errors).toContain(String(made.json["password"]));
  expect(await headroom.run("demo", "--json")).toMatchObject(refused("demo:account_exists"));
  expect(await headroom.run("usage", "--json")).toMatchObject(refused("command-line:account_needed"));
  const verified = await headroom.run("verify", "--account", "fernhill outdoor", "--json");
  expect(verified).toMatchObject({ code: 0, json: { right: true, contacts: 5_000 } });
}, 300_000);

const demo = (...words: string[]) => headroom.run(...words, "--account", "Fernhill Outdoor", "--json");

test("held raises are decided about, and a cleanup plan runs ahead of its time", async () => {
  const { json } = await demo("held", "list", "--limit", "1");
  expect(json).toMatchObject({ held: 14, contacts: [{ why: "maximum" }] });
  expect(await demo("held", "approve", "--all")).toMatchObject(refused("review:needs_expect"));
  const declined = await demo("held", "reject", "--all", "--expect", "14");
  expect(declined).toMatchObject({ code: 0, json: { outcomes: [{ outcome: "declined", contacts: 14 }] } });
  const { json: undone } = await demo("operation", "undo", String(declined.json["operation"]));
  expect(undone).toMatchObject({ kind: "undo_decline_held", done: 14 });

  const dry = await demo("cleanup", "run", "monthly tidy-up", "--dry-run");
  expect(dry).toMatchObject({ code: 0, json: { dryRun: true, willChange: expect.any(Number) } });
  const number = String(dry.json["willChange"]);
  expect(await demo("cleanup", "run", "1", "--expect", "1")).toMatchObject(
    refused("operations:count_changed"),
  );
  expect(await demo("cleanup", "run", "1", "--expect", number)).toMatchObject({ code: 0 });
  expect(await demo("cleanup", "cancel", "1")).toMatchObject(refused("cleanup:run_started"));
  expect(await demo("verify")).toMatchObject({ code: 0, json: { right: true } });
});
