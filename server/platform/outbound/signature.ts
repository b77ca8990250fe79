import { createHmac, timingSafeEqual } from "node:crypto";
import { derivedKey } from "../sealing.ts";

interface Signed {
  readonly accountId: string;
  /** Seconds since 1970, part of what is signed: an old message cannot be sent again as new. */
  readonly at: number;
  readonly body: string;
}

export const SIGNATURE_HEADER = "headroom-signature";

/** What a receiver checks messages with; an account's own, and never stored. */
export function signingSecret(accountId: string): string {
  return derivedKey(`webhooks of account ${accountId}`).toString("base64url");
}

/** The header of a message: `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>" in hex>`. */
export function signature({ accountId, at, body }: Signed): string {
  const mac = createHmac("sha256", signingSecret(accountId)).update(`${at}.${body}`).digest("hex");
  return `t=${at},v1=${mac}`;
}

/** Whether a message is the account's and unchanged. */
export function isSigned(header: string, signed: Signed): boolean {
  const [given, own] = [Buffer.from(header), Buffer.from(signature(signed))];
  return given.length === own.length && timingSafeEqual(given, own);
}
