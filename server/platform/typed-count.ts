import { createInterface } from "node:readline/promises";
import { WrongUseError } from "./errors.ts";

/** A whole number as people write it in any of the languages: 1204, 1,204, 1 204, 1.204. Anything else is wrong use. */
export function readCount(typed: string): number {
  const digits = typed.replace(/[\s.,'’\u00a0\u202f]/g, "");
  if (!/^\d{1,15}$/.test(digits)) throw new WrongUseError("command-line:not_a_number", { typed });
  return Number(digits);
}

interface Confirming {
  /** The number given with `--expect`. */
  readonly expect: string | undefined;
  /** What to ask a person on a terminal. */
  readonly question: string;
  /** Throws: nobody is there to be asked. */
  readonly refuse: () => never;
}

/** The number somebody confirms: given, or typed on the terminal. */
export async function confirmCount({ expect, question, refuse }: Confirming): Promise<number> {
  if (expect !== undefined) return readCount(expect);
  if (!process.stdin.isTTY) refuse();
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`${question} `);
  prompt.close();
  return readCount(answer);
}
