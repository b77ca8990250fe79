import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeEach, expect, it, vi } from "vitest";
import { requestOutside } from "./request-outside.ts";

// Names are judged by every address they have, when the connection is made: what a name server says cannot be known
// before, and may be another thing the next time.

type Address = { readonly address: string; readonly family: number };
const answers: Address[][] = [];
let asked = 0;
vi.mock("node:dns", () => ({
  lookup: (_name: string, _options: object, done: (error: null, addresses: Address[]) => void) => {
    asked += 1;
    done(null, answers.shift() ?? []);
  },
}));
beforeEach(() => {
  asked = 0;
  answers.length = 0;
});

const outside = { address: "2606:4700::1111", family: 6 };
const ask = () =>
  requestOutside({
    method: "POST",
    url: "http://hooks.example.test/",
    headers: {},
    allowed: new Set(),
    totalMs: 50,
  });

it.each([
  ["this machine", "127.0.0.1", 4],
  ["a private network", "10.0.0.7", 4],
  ["where clouds keep their keys", "169.254.169.254", 4],
  ["this machine, as IPv6", "::1", 6],
  ["this machine, mapped", "::ffff:127.0.0.1", 6],
])("a name that leads to %s is refused, alone or among others", async (_, address, family) => {
  answers.push([{ address, family }], [outside, { address, family }]);
  await expect(ask()).rejects.toMatchObject({ reason: "blocked" });
  await expect(ask()).rejects.toMatchObject({ reason: "blocked" });
});

it("a name that the operator allows is looked up once, and its connection goes there; another name does not", async () => {
  const server = createServer((_, response) => response.end("here"));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const place = `hooks.example.test:${(server.address() as AddressInfo).port}`;
  const here = { address: "127.0.0.1", family: 4 };
  answers.push([here], [here]);
  const allowed = new Set([place]);
  const request = { method: "POST", url: `http://${place}/`, headers: {}, allowed } as const;
  expect(await requestOutside(request)).toMatchObject({ status: 200, body: "here" });
  expect(asked).toBe(1);
  await expect(ask()).rejects.toMatchObject({ reason: "blocked" });
  server.closeAllConnections();
  server.close();
});

it("a name without addresses leads nowhere", async () => {
  await expect(ask()).rejects.toMatchObject({ reason: "unreachable" });
});
