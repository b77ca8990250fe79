import { lookup as lookUp } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { type AllowedPlaces, isOutside, placeOf, urlProblem } from "./address-rule.ts";

export interface OutsideRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Places in the operator's own network that may be reached. */
  readonly allowed: AllowedPlaces;
  /** All of it, from the first word to the last of the answer; 30 s unless told otherwise. */
  readonly totalMs?: number;
}

export interface OutsideAnswer {
  readonly status: number;
  /** Seconds the other side asked to wait, whichever way it said so. */
  readonly retryAfter: number | null;
  /** Its beginning: what follows 64 KB is not read. */
  readonly body: string;
}

/** `blocked`: the address is none that may be reached; otherwise the other side was not there or too slow. */
export class OutsideError extends Error {
  readonly reason: "blocked" | "unreachable" | "too_slow";

  constructor(reason: OutsideError["reason"], detail: string) {
    super(`${reason}: ${detail}`);
    this.name = "OutsideError";
    this.reason = reason;
  }
}

const CONNECT_MS = 3_000;
const TOTAL_MS = 30_000;
const MAX_BODY = 64 * 1024;

/**
 * The one way out for requests whose address a user gave. The address is judged when it is written and again when its
 * name has been looked up, on the connection that is then used; redirects are answers, not followed; no proxy.
 */
export function requestOutside(request: OutsideRequest): Promise<OutsideAnswer> {
  const problem = urlProblem(request.url, request.allowed);
  if (problem !== null) return Promise.reject(new OutsideError("blocked", problem));
  const url = new URL(request.url);
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = send(url, {
      method: request.method,
      headers: { ...request.headers, "content-length": Buffer.byteLength(request.body ?? "") },
      lookup: guarded(request.allowed.has(placeOf(url))),
      agent: false,
    });
    let givenUp: OutsideError | undefined;
    const total = setTimeout(() => {
      givenUp = new OutsideError("too_slow", "no answer");
      sent.destroy(givenUp);
    }, request.totalMs ?? TOTAL_MS);
    const connecting = setTimeout(
      () => sent.destroy(new OutsideError("too_slow", "no connection")),
      CONNECT_MS,
    );
    sent.on("socket", (socket) => {
      const ready = url.protocol === "https:" ? "secureConnect" : "connect";
      socket.once(ready, () => clearTimeout(connecting));
    });
    sent.once("response", (response) =>
      resolve(
        readAnswer(response).catch((error: unknown) => {
          throw givenUp ?? error;
        }),
      ),
    );
    sent.once("error", (error) => reject(asOutsideError(error)));
    sent.once("close", () => {
      clearTimeout(total);
      clearTimeout(connecting);
      // Of what is neither an answer nor an error nothing else is heard: a wish to talk another protocol.
      reject(givenUp ?? new OutsideError("unreachable", "no answer"));
    });
    sent.end(request.body);
  });
}

/** Looks a name up and lets it through only if every address it has lies outside. */
function guarded(allowed: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) {
        callback(error ?? new Error("no address"), "", 4);
      } else if (!allowed && !addresses.every(({ address }) => isOutside(address))) {
        callback(new OutsideError("blocked", "inner"), "", 4);
      } else if (options.all) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}

async function readAnswer(response: IncomingMessage): Promise<OutsideAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_BODY) break;
    }
  } catch (error) {
    throw asOutsideError(error);
  } finally {
    response.destroy();
  }
  const body = Buffer.concat(chunks).subarray(0, MAX_BODY).toString("utf8");
  return {
    status: response.statusCode ?? 0,
    retryAfter: secondsOf(response.headers["retry-after"], new Date()),
    body,
  };
}

/** Seconds or a date; anything else, or a moment that has passed, says nothing. */
export function secondsOf(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const moment = Date.parse(header);
  if (Number.isNaN(moment) || moment <= now.getTime()) return null;
  return Math.ceil((moment - now.getTime()) / 1_000);
}

function asOutsideError(error: unknown): OutsideError {
  if (error instanceof OutsideError) return error;
  return new OutsideError("unreachable", error instanceof Error ? error.message.slice(0, 200) : "unknown");
}
