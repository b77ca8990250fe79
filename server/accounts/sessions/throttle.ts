import { isIPv6 } from "node:net";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { hashSecret } from "../secret.ts";
import { countAttempt, forgetAttempts, uncountAttempts } from "./queries.ts";

const WINDOW_MINUTES = 15;

/** One guesser at one login; one guesser at many logins; many guessers at one login. */
const LIMITS = { pair: 10, address: 100, login: 50 } as const;

interface Attempt {
  readonly email: string;
  readonly address: string;
  /** The person signed in from here before: a flood of strangers must not lock them out. */
  readonly addressKnown: boolean;
}

/**
 * Counts an attempt before it is judged, so that parallel guesses count too, and refuses past a limit.
 * Returns what to call when the attempt was right.
 */
export async function throttle(context: Context, attempt: Attempt): Promise<() => Promise<void>> {
  const { email, address, addressKnown } = attempt;
  const pair = keyOf("pair", email, address);
  const counters = [
    { key: pair, limit: LIMITS.pair },
    { key: keyOf("address", address), limit: LIMITS.address },
    ...(addressKnown ? [] : [{ key: keyOf("login", email), limit: LIMITS.login }]),
  ];
  for (const { key, limit } of counters) await count(context, key, limit);
  return async () => {
    await forgetAttempts(context.db, [pair]);
    await uncountAttempts(
      context.db,
      counters.slice(1).map(({ key }) => key),
    );
  };
}

async function count(context: Context, key: string, limit: number): Promise<void> {
  const { attempts, seconds } = await countAttempt(context, key, WINDOW_MINUTES);
  if (attempts <= limit) return;
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  throw new AppError("too_many_requests", "accounts:too_many_attempts", { seconds, minutes, count: minutes });
}

const RESETS = { login: 3, address: 20 } as const;

/** Mails with links that anybody may ask for: a few for one person, some for one house. */
export async function throttleResets(
  context: Context,
  { email, address }: { email: string; address: string },
): Promise<void> {
  await count(context, keyOf("reset", email), RESETS.login);
  await count(context, keyOf("reset-address", networkOf(address)), RESETS.address);
}

/** A whole IPv6 site (/64) is one address: its owner has all the others too. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill("0");
  return [...front, ...zeros, ...back].slice(0, 4).join(":");
}

/** Hashed, so that the table keeps no list of who tried to sign in. */
function keyOf(...parts: string[]): string {
  return hashSecret(parts.join("\n")).toString("base64url");
}
