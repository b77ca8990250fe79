import { connect } from "node:net";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createServer } from "./create-server.ts";

let app: Awaited<ReturnType<typeof createServer>>;
let port: number;
beforeAll(async () => {
  const log = pino({ level: "silent" });
  app = await createServer({ log, isHttps: false, trustProxy: undefined });
  port = Number(new URL(await app.listen({ host: "127.0.0.1", port: 0 })).port);
});
afterAll(() => app.close());

test.for([
  ["http:head_too_large", "HTTP/1.1 431", `GET /${"x".repeat(20_000)} HTTP/1.1\r\n\r\n`],
  ["http:bad_request", "HTTP/1.1 400", "nonsense\r\n\r\n"],
] as const)(
  "what is no request is answered in the form of all refusals: %s",
  async ([reason, status, sent]) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(sent));
    let answer = "";
    for await (const chunk of socket) answer += String(chunk);
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head.startsWith(status)).toBe(true);
    expect(JSON.parse(body)).toMatchObject({ error: { reason, message: expect.stringMatching(/\.$/) } });
  },
);
