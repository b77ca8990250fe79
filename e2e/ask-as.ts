import type { Page } from "playwright-core";
import { vi } from "vitest";

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** "PATCH /api/profile" as a page of ours does, for what a journey is not about; waits for the operation that it starts. */
export async function askAs(page: Page, what: string, body?: object): Promise<Answer> {
  const [method = "GET", path = "/"] = what.split(" ");
  const headers = { "content-type": "application/json" };
  const answer = await page.evaluate(
    async ([path, request]) => {
      const reply = await fetch(path, request);
      return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
    },
    [path, { method, headers, ...(body && { body: JSON.stringify(body) }) }] as const,
  );
  const { operationId } = answer.body;
  if (typeof operationId !== "string") return answer;
  const isDone = async () =>
    (await askAs(page, `GET /api/operations/${operationId}`)).body["state"] === "done";
  await vi.waitUntil(isDone, { timeout: 60_000, interval: 200 });
  return answer;
}
