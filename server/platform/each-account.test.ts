import { expect, test } from "vitest";
import { buildContext } from "#test/build.ts";
import type { Context } from "./context.ts";
import type { Database } from "./database.ts";
import { eachAccount } from "./each-account.ts";

const context = buildContext(undefined as unknown as Database);

test("an account that fails does not keep the others waiting", async () => {
  const done: string[] = [];
  await eachAccount(context, ["1", "2", "3"], ({ accountId }: Context) => {
    if (accountId === "2") return Promise.reject(new Error("broken"));
    done.push(accountId);
    return Promise.resolve();
  });
  expect(done).toEqual(["1", "3"]);
});

test("nothing more is begun once the process stops", async () => {
  const stopping = new AbortController();
  const done: string[] = [];
  await eachAccount({ ...context, signal: stopping.signal }, ["1", "2"], ({ accountId }) => {
    done.push(accountId);
    stopping.abort();
    return Promise.resolve();
  });
  expect(done).toEqual(["1"]);
});
