import type pg from "pg";

/**
 * Where a worker can be stopped: after it has claimed contacts and before anything else; when a step is done and nothing
 * said of it; when all is said and nothing committed; right after the commit; and when a mail is out and not marked as sent.
 */
export type CrashPoint = "claimed" | "acted" | "told" | "committed" | "mailed";

const CLAIM = /^\s*with due as \(\s+select e\.ctid from workflow_enrollment/;
const WORD = /^\s*(insert into workflow_history|update workflow_enrollment set step)/;
const MAILED = /^\s*update notice set mail/;

/** Has whoever works through this pool wait at a point for as long as `stop` takes; only the first time it comes there. */
export function stopAt(pool: pg.Pool, point: CrashPoint, stop: () => Promise<void>): void {
  const seen = { claimed: false, told: false };
  let isStopped = false;
  const wait = async (isHere: boolean) => {
    if (!isHere || isStopped) return;
    isStopped = true;
    await stop();
  };
  const isBefore = (text: string): boolean => {
    if (point === "claimed") return seen.claimed;
    if (point === "acted") return WORD.test(text);
    return point === "mailed" ? MAILED.test(text) : point === "told" && seen.told && text === "commit";
  };
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    const watched = async (text: string, ...values: unknown[]): Promise<unknown> => {
      await wait(isBefore(text));
      const result = await query(text, ...values);
      seen.claimed ||= CLAIM.test(text);
      seen.told ||= WORD.test(text);
      await wait(point === "committed" && seen.told && text === "commit");
      return result;
    };
    Object.assign(client, { query: watched });
  });
}
