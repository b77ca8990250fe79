import { isUtf8 } from "node:buffer";
import chardet from "chardet";
import { refuseFile } from "./file-refusal.ts";
import { guessLegacyEncoding, type LegacyStatistics } from "./legacy-encoding.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "windows-1250" | "iso-8859-2";

export interface FileProfile {
  readonly kind: "csv" | "xlsx";
  readonly encoding: Encoding;
  /** A UTF-8 file with a few broken places: the rows that hold them are rejected, the rest is good. */
  readonly damaged: boolean;
}

export interface Inspector {
  add(bytes: Uint8Array): void;
  /** Refuses a file that is neither text nor a spreadsheet. */
  finish(): FileProfile;
}

const SAMPLE = 256 * 1024;

/**
 * Learns a file's kind and encoding while its bytes pass by on their way to storage.
 * All bytes are seen, because a single ö may stand in the last line of a million.
 */
export function inspectBytes(): Inspector {
  let head: Buffer = Buffer.alloc(0);
  let carry: Buffer = Buffer.alloc(0);
  let size = 0;
  let invalid = 0;
  const legacy: LegacyStatistics = { pieces: [], size: 0 };

  function add(bytes: Uint8Array): void {
    size += bytes.length;
    if (head.length < SAMPLE) head = Buffer.concat([head, bytes.subarray(0, SAMPLE - head.length)]);
    const whole =
      carry.length > 0
        ? Buffer.concat([carry, bytes])
        : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const end = wholeCharacters(whole);
    if (!isUtf8(whole.subarray(0, end))) {
      invalid += 1;
      keepForGuess(legacy, whole);
    }
    carry = Buffer.from(whole.subarray(end));
  }

  function finish(): FileProfile {
    if (size === 0) refuseFile("empty");
    const kind = kindOf(head);
    if (kind === "xlsx") return { kind, encoding: "utf-8", damaged: false };
    const wide = wideEncoding(head);
    if (wide) return { kind, encoding: wide, damaged: false };
    refuseBinary(head);
    if (carry.length > 0) {
      invalid += 1;
      keepForGuess(legacy, carry);
    }
    if (invalid === 0) return { kind, encoding: "utf-8", damaged: false };
    return narrowProfile(legacy, head);
  }

  return { add, finish };
}

function narrowProfile(legacy: LegacyStatistics, head: Buffer): FileProfile {
  const sample = Buffer.concat(legacy.pieces);
  if (startsWith(head, [0xef, 0xbb, 0xbf]) || isMostlyUtf8(sample)) {
    return { kind: "csv", encoding: "utf-8", damaged: true };
  }
  return { kind: "csv", encoding: guessLegacyEncoding(sample) ?? guessByFrequency(sample), damaged: false };
}

/** What the letters do not decide, the general detector may; else the commonest of the three. */
function guessByFrequency(sample: Buffer): Encoding {
  const name = chardet.detect(sample)?.toLowerCase();
  return name === "windows-1250" || name === "iso-8859-2" ? name : "windows-1252";
}

function keepForGuess(legacy: LegacyStatistics, bytes: Buffer): void {
  if (legacy.size >= SAMPLE) return;
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const piece = Buffer.from(bytes.subarray(Math.max(0, first - 1), first + SAMPLE - legacy.size));
  legacy.pieces.push(piece);
  legacy.size += piece.length;
}

/** Length without a multi-byte character that the next piece completes. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needed ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** Ten good characters to one bad place: damaged UTF-8 rather than another encoding. */
function isMostlyUtf8(sample: Buffer): boolean {
  const text = new TextDecoder("utf-8").decode(sample);
  const bad = text.split("\uFFFD").length - 1;
  const good = text.match(/[\u0080-\uFFFC]/g)?.length ?? 0;
  return good >= bad * 10;
}

function kindOf(head: Buffer): "csv" | "xlsx" {
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) return "xlsx";
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) refuseFile("old_excel");
  return "csv";
}

const SIGNATURES: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x1f, 0x8b],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x52, 0x61, 0x72, 0x21],
  [0x7f, 0x45, 0x4c, 0x46],
];

function refuseBinary(head: Buffer): void {
  if (SIGNATURES.some((signature) => startsWith(head, signature))) refuseFile("binary");
  let control = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) control++;
  if (control > Math.max(8, head.length / 50)) refuseFile("binary");
}

/** UTF-16 by its mark, or by every second byte of Latin text being zero. */
function wideEncoding(head: Buffer): "utf-16le" | "utf-16be" | undefined {
  if (startsWith(head, [0xff, 0xfe])) return "utf-16le";
  if (startsWith(head, [0xfe, 0xff])) return "utf-16be";
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  const enough = head.length * 0.3;
  if (odd > enough && even < odd / 20) return "utf-16le";
  if (even > enough && odd < even / 20) return "utf-16be";
  return undefined;
}

function startsWith(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}
