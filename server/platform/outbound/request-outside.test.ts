import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { isOutside, urlProblem } from "./address-rule.ts";
import { requestOutside, secondsOf } from "./request-outside.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A receiver on this machine, which only an allow-list may reach. */
async function receiver(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const post = (place: string, url = `http://${place}/hook`, totalMs = 30_000) =>
  requestOutside({ method: "POST", url, headers: {}, body: "{}", allowed: new Set([place]), totalMs });

describe("isOutside", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "0.0.0.0",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fe80::1",
    "fec0::1",
    "fd00::1",
    "ff02::1",
    "not an address",
  ])("%s lies inside", (address) => expect(isOutside(address)).toBe(false));

  it.each(["8.8.8.8", "172.32.0.1", "2606:4700::1111"])("%s lies outside", (address) =>
    expect(isOutside(address)).toBe(true),
  );
});

describe("urlProblem", () => {
  it.each([
    ["file:///etc/passwd", "scheme"],
    ["http://user:pass@example.org/", "user"],
    ["http://example.org:22/", "port"],
    ["http://127.1/", "inner"],
    ["http://0x7f000001/", "inner"],
    ["http://2130706433/", "inner"],
    ["http://[::1]/", "inner"],
    ["http://[::ffff:7f00:1]/", "inner"],
    ["http://localhost./", "inner"],
    ["nonsense", "not_a_url"],
    ["https://example.org/hook", null],
  ])("%s: %s", (url, problem) => expect(urlProblem(url, new Set())).toBe(problem));
});

describe("requestOutside", () => {
  it("brings the answer, its status and what it asks to wait", async () => {
    const place = await receiver((_, response) => {
      response.writeHead(429, { "retry-after": "7" });
      response.end("slow down");
    });
    expect(await post(place)).toEqual({ status: 429, retryAfter: 7, body: "slow down" });
  });

  it("reaches nothing inside that is not on the allow-list, whatever its name", async () => {
    let reached = 0;
    const place = await receiver((_, response) => {
      reached += 1;
      response.end();
    });
    const port = Number(place.split(":")[1]);
    for (const url of [`http://${place}/`, `http://localhost:${port}/`, "http://127.0.0.1:8080/"]) {
      const blocked = requestOutside({ method: "POST", url, headers: {}, allowed: new Set() });
      await expect(blocked).rejects.toMatchObject({ reason: "blocked" });
    }
    expect(reached).toBe(0);
  });

  it("judges a name by its addresses, on the connection itself", async () => {
    const url = "http://localhost.localdomain:8080/";
    const refused = requestOutside({ method: "GET", url, headers: {}, allowed: new Set() });
    await expect(refused).rejects.toMatchObject({ reason: expect.stringMatching(/blocked|unreachable/) });
  });
});

describe("an answer from outside", () => {
  it("does not follow redirects", async () => {
    const place = await receiver((_, response) => {
      response.writeHead(302, { location: "http://127.0.0.1:1/" });
      response.end();
    });
    expect(await post(place)).toMatchObject({ status: 302 });
  });

  it("stops reading an answer without end", async () => {
    const place = await receiver((_, response) => {
      const more = () => {
        while (response.write("x".repeat(16_384)));
      };
      response.on("drain", more);
      more();
    });
    const { body } = await post(place);
    expect(body).toHaveLength(64 * 1024);
  });

  it.each<[string, RequestListener]>([
    ["hangs", () => {}],
    [
      "drips",
      (_, response) => {
        const dripping = setInterval(() => response.write("."), 20);
        response.once("close", () => clearInterval(dripping));
      },
    ],
  ])("gives up on a receiver that %s", async (_, answer) => {
    const place = await receiver(answer);
    await expect(post(place, undefined, 300)).rejects.toMatchObject({ reason: "too_slow" });
  });

  it("says when an answer breaks off", async () => {
    const place = await receiver((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setTimeout(() => response.destroy(), 20);
    });
    await expect(post(place)).rejects.toMatchObject({ reason: "unreachable" });
  });

  it("says when nobody answers there", async () => {
    await expect(post("127.0.0.1:1")).rejects.toMatchObject({ reason: "unreachable" });
  });
});

it("says when somebody wants to talk another protocol", async () => {
  const place = await receiver((request) => {
    request.socket.end("HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n");
  });
  await expect(post(place)).rejects.toMatchObject({ reason: "unreachable" });
});

describe("secondsOf", () => {
  const now = new Date("2026-11-22T00:00:00Z");
  it.each([
    ["120", 120],
    ["Sun, 22 Nov 2026 00:01:00 GMT", 60],
    ["Sun, 22 Nov 2020 00:01:00 GMT", null],
    ["soon", null],
    ["-5", null],
    ["1e3", null],
    ["999999999999999999999", null],
    ["", null],
    [undefined, null],
  ])("%s is %s", (header, seconds) => expect(secondsOf(header, now)).toBe(seconds));
});
