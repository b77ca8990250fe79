import { createHash, randomBytes } from "node:crypto";
import type { Context } from "#server/platform/context.ts";
import { insertSuppressionKey, selectSuppressionKey, type SuppressionKey } from "./queries.ts";

const BLOCK = 64;

/** The installation's key, made when it is first needed. Whoever has the hashes but not the key cannot guess addresses. */
export async function suppressionKey(context: Context): Promise<SuppressionKey> {
  const key = (await selectSuppressionKey(context)) ?? (await insertSuppressionKey(context, randomBytes(32)));
  return { inner: padded(key, 0x36), outer: padded(key, 0x5c) };
}

function padded(key: Buffer, pad: number): Buffer {
  const short = key.length > BLOCK ? createHash("sha256").update(key).digest() : key;
  const block = Buffer.alloc(BLOCK);
  short.copy(block);
  return Buffer.from(block.map((byte) => byte ^ pad));
}
