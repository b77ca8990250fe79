import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { ErrorBody } from "#contract/errors.ts";
import { text } from "./texts.ts";

interface ParseError extends Error {
  readonly code?: string;
}

/**
 * Answers what is no HTTP request, in the form of all refusals: its head is too long, did not come in time, or cannot be
 * read. Whose request it is and in which language is not known.
 */
export function answerUnreadable(error: ParseError, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  if (socket.writable) socket.write(responseTo(error));
  socket.destroy(error);
}

const kinds: Readonly<
  Record<string, readonly [status: number, code: ErrorBody["error"]["code"], reason: string]>
> = {
  HPE_HEADER_OVERFLOW: [431, "too_large", "http:head_too_large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "unavailable", "http:head_too_late"],
};

function responseTo({ code = "" }: ParseError): string {
  const [status, kind, reason] = kinds[code] ?? [400, "invalid_input", "http:bad_request"];
  const body: ErrorBody = { error: { code: kind, reason, message: text("en", reason), details: {} } };
  const json = JSON.stringify(body);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nCache-Control: no-store`;
  return `${head}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
}
