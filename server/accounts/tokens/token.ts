import { randomBytes } from "node:crypto";
import { hashSecret } from "../secret.ts";

/** Scanners for leaked secrets recognise a token by its prefix and can tell by the checksum that it is real. */
const PREFIX = "headroom_";
const CHECK_LENGTH = 8;

export function newToken(): string {
  const random = randomBytes(24).toString("hex");
  return `${PREFIX}${random}${checksum(random)}`;
}

/** Whether this can be one of our tokens: mistyped and truncated ones are refused without asking the database. */
export function hasTokenForm(token: string): boolean {
  if (!/^headroom_[0-9a-f]{56}$/.test(token)) return false;
  const body = token.slice(PREFIX.length);
  return checksum(body.slice(0, -CHECK_LENGTH)) === body.slice(-CHECK_LENGTH);
}

/** What people recognise a token by. */
export function tokenPrefix(token: string): string {
  return token.slice(0, PREFIX.length + 6);
}

function checksum(random: string): string {
  return hashSecret(random).toString("hex").slice(0, CHECK_LENGTH);
}
