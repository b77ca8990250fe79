import { hash, parseOptions, verify } from "@node-rs/argon2";
import { AppError } from "#server/platform/errors.ts";
import { commonPasswords } from "./common-passwords.ts";

/** argon2id (the library's default algorithm), 19 MiB, as OWASP ASVS 5.0 11.4.2 asks. */
const cost = { timeCost: 2, memoryCost: 19_456, parallelism: 1 } as const;

const MIN_LENGTH = 8;
const MAX_LENGTH = 256;

/** Hashes share the thread pool with files and name look-ups, so a flood of sign-ins may use half of it. */
const PARALLEL_HASHES = 2;

/** Verified when there is no such user, so that the answer takes the same time. */
let nobody: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return limited(() => hash(normalise(password), cost));
}

/** Whether the password is right; without a stored hash it takes as long and says no. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword("nobody has this password");
  const against = stored ?? (await nobody);
  const right = await limited(() => verify(against, normalise(password)));
  return right && stored !== null;
}

/** Hashes made with weaker parameters are replaced when their owner signs in. */
export function needsRehash(stored: string): boolean {
  const { memoryCost, timeCost } = parseOptions(stored);
  return memoryCost < cost.memoryCost || timeCost < cost.timeCost;
}

/** Refuses passwords that are too short, absurdly long, widely used, or the person's own address. */
export function requireGoodPassword(password: string, email: string): void {
  const { length } = password;
  if (length < MIN_LENGTH || length > MAX_LENGTH) {
    throw new AppError("invalid_input", "accounts:password_length", { min: MIN_LENGTH, max: MAX_LENGTH });
  }
  const folded = normalise(password).toLowerCase();
  if (commonPasswords.has(folded) || new Set(folded).size < 3 || folded === email) {
    throw new AppError("invalid_input", "accounts:password_common");
  }
}

/** The same characters typed on two keyboards may arrive composed differently. */
function normalise(password: string): string {
  return password.normalize("NFKC");
}

let running = 0;
const waiting: (() => void)[] = [];

async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (running >= PARALLEL_HASHES) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}
