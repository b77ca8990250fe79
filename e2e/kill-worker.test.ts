import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, startHeadroom } from "./installation.ts";

const PEOPLE = 200_000;

let headroom: Installation;
beforeAll(async () => {
  headroom = await startHeadroom({ words: "serve" });
});
afterAll(() => headroom.stop());

/** Kills the command without warning once it has done something, and answers how far it got. */
async function killHalfway(...words: string[]): Promise<number> {
  const command = headroom.begin(...words);
  while (command.child.exitCode === null) {
    await sleep(50);
    const operation = await doneSoFar();
    if (operation === null || operation.done === 0) continue;
    command.child.kill("SIGKILL");
    await command.ended;
    return operation.done;
  }
  throw new Error(`It ended before it could be killed: ${command.output()} ${command.errors()}`);
}

interface Progress {
  readonly id: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly outcomes: unknown;
}

async function latest(): Promise<Progress | undefined> {
  const { json } = await headroom.run("operation", "list", "--limit", "1", "--json");
  return (json["operations"] as Progress[])[0];
}

async function doneSoFar(): Promise<Progress | null> {
  const operation = await latest();
  return operation && operation.total >= PEOPLE && operation.state === "running" ? operation : null;
}

/** A worker takes over what the killed process held, and the result is that of an undisturbed run. */
async function finishedByAWorker(): Promise<Progress> {
  const worker = headroom.begin("work");
  let operation = await latest();
  for (const deadline = Date.now() + 110_000; operation?.state !== "done" && Date.now() < deadline; ) {
    await sleep(1_000);
    operation = await latest();
  }
  worker.child.kill("SIGTERM");
  expect(await worker.ended).toBe(0);
  return operation as Progress;
}

test("an import and a change of 200,000 contacts survive the death of what works them", async () => {
  const file = join(headroom.folder, "people.csv");
  const lines = Array.from({ length: PEOPLE }, (_, i) => `person${i}@example.test,First${i},Last${i % 977}`);
  writeFileSync(file, `Email,First Name,Last Name\n${lines.join("\n")}\n`);

  const room = await headroom.run("plan", "set", "--tier", "202000", "--json");
  expect(room).toMatchObject({ code: 0 });

  expect(await killHalfway("import", file)).toBeLessThan(PEOPLE);
  expect(await finishedByAWorker()).toMatchObject({
    state: "done",
    done: PEOPLE,
    outcomes: [{ outcome: "created", reason: "", contacts: PEOPLE }],
  });
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ total: PEOPLE, marketing: 0 });

  expect(await killHalfway("set-marketing", "--all", "--expect", String(PEOPLE))).toBeLessThan(PEOPLE);
  expect(await finishedByAWorker()).toMatchObject({
    state: "done",
    done: PEOPLE,
    outcomes: [{ outcome: "set_marketing", reason: "", contacts: PEOPLE }],
  });
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ total: PEOPLE, marketing: PEOPLE });
  expect((await headroom.run("verify", "--json")).json).toMatchObject({ right: true, ledger: PEOPLE });
}, 360_000);
