import type { Encoding } from "./inspect-bytes.ts";

/** Bytes decoded at once: small enough that the rows made of them die young, which collecting garbage rewards. */
const SLICE = 48 * 1024;

/** Turns a file's bytes into text piece by piece; a byte order mark is dropped. */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes) {
    for (let at = 0; at < piece.length; at += SLICE) {
      yield decoder.decode(piece.subarray(at, at + SLICE), { stream: true });
    }
  }
  yield decoder.decode();
}
