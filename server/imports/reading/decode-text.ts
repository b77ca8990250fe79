import type { Encoding } from "./inspect-bytes.ts";

/** Turns a file's bytes into text piece by piece; a byte order mark is dropped. */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
