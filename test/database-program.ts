import { isLock, takeLock } from "#server/platform/embedded-postgres/lock.ts";
import { startEmbeddedPostgres } from "#server/platform/embedded-postgres/start-embedded-postgres.ts";

// A program of its own for tests that kill it: `lock FOLDER`, or `FOLDER [alone]`. Each line it writes is one object.
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);
const log = {
  info: (details: object, message: string) => say({ log: message, ...details }),
  warn: (details: object, message: string) => say({ log: message, ...details }),
  error: (details: object, message: string) => say({ log: message, ...details }),
};

async function useDatabase(folder: string, alone: boolean): Promise<void> {
  // Before a word is said: who reads it may ask for the end at once.
  const asked = new Promise((resolve) => process.once("SIGTERM", resolve));
  try {
    const database = await startEmbeddedPostgres({ folder, log, alone, onState: (state) => say({ state }) });
    database.announce("http://127.0.0.1:4300");
    say({ url: database.url, holder: database.holder });
    void asked.then(() => database.stop()).then(() => process.exit(0));
    setInterval(() => say({ holder: database.holder }), 300);
  } catch (error) {
    say({ refused: (error as Error).name, sentence: (error as Error).message });
    process.exit(1);
  }
}

function useLock(folder: string): void {
  const taken = takeLock(folder, "test");
  say(isLock(taken) ? { got: process.pid } : { heldBy: taken.pid });
  setInterval(() => {}, 1000);
}

const [first = "", second] = process.argv.slice(2);
if (first === "lock") useLock(second ?? "");
else await useDatabase(first, second === "alone");
