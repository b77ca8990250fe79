import { isIP } from "node:net";
import { createTransport, type Transporter } from "nodemailer";
import type SMTPPool from "nodemailer/lib/smtp-pool/index.js";
import { AppError } from "./errors.ts";
import { resolveMailHost } from "./mail-host.ts";

/** The relay through which all mail leaves. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** tls: from the first byte; starttls: before anything else is said, or not at all; none: as it is. */
  readonly security: "tls" | "starttls" | "none";
  /** Empty: without signing in. */
  readonly username: string;
  readonly password: string;
  readonly fromAddress: string;
  readonly fromName: string;
}

export interface Letter {
  /** One address, and nothing else. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The part before the @: the same for every attempt, so that receivers can tell a repetition. */
  readonly messageId: string;
  /** What kind of mail it is, such as "notices": programs sort by it. */
  readonly list: string;
  readonly language: string;
}

type MailTrouble =
  | "host_refused"
  | "not_found"
  | "unreachable"
  | "timeout"
  | "tls"
  | "login"
  | "sender"
  | "recipient"
  | "content"
  | "busy"
  | "other";

/** How an attempt ended. `later` may well be served by another try; `refused` is final for this letter. */
export type Delivery =
  | { readonly outcome: "sent"; readonly answer: string }
  | { readonly outcome: "later" | "refused"; readonly trouble: MailTrouble; readonly answer: string };

type Mailer = Transporter<SMTPPool.SentMessageInfo>;

interface SmtpError extends Error {
  readonly code?: string;
  /** What the connection said, such as CERT_HAS_EXPIRED. */
  readonly originalCode?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;
/** Open connections are kept this long for the next letter. */
const KEEP_MS = 5_000;
const ANSWER_CHARACTERS = 300;

const ONE_ADDRESS = /^[^\s@<>(),:;"'[\]\\]+@[^\s@<>(),:;"'[\]\\]+$/u;
const LINE_BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

interface OpenPool {
  readonly key: string;
  readonly transporter: Mailer;
  /** Letters on their way. */
  busy: number;
  timer?: NodeJS.Timeout;
}

let open: OpenPool | undefined;

interface Patience {
  /** How long the relay may say nothing, in milliseconds. */
  readonly silenceMs?: number;
}

/** Hands one letter to the relay. Throws only what is a bug; what the relay says is the outcome. */
export async function sendMail(
  server: MailServer,
  letter: Letter,
  { silenceMs = SILENCE_MS }: Patience = {},
): Promise<Delivery> {
  return attempt(letter, async () => {
    const pool = await takePool(server, silenceMs);
    return pool.transporter.sendMail(message(server, letter)).finally(() => rest(pool));
  });
}

/** The same through a connection of its own, so that the settings tried are these and the answer comes at once. */
export async function tryMail(server: MailServer, letter: Letter): Promise<Delivery> {
  return attempt(letter, async () => {
    const transporter = await connect(server, { pool: false, socketTimeout: SILENCE_MS });
    return transporter.sendMail(message(server, letter)).finally(() => transporter.close());
  });
}

/** Lets go of what is open; the program may end. */
export function closeMail(): void {
  clearTimeout(open?.timer);
  open?.transporter.close();
  open = undefined;
}

async function attempt(letter: Letter, send: () => Promise<SMTPPool.SentMessageInfo>): Promise<Delivery> {
  if (!ONE_ADDRESS.test(letter.to)) return { outcome: "refused", trouble: "recipient", answer: "" };
  try {
    const { response } = await send();
    return { outcome: "sent", answer: oneLine(response) };
  } catch (error) {
    return failure(error as SmtpError);
  }
}

/** The open connections for these settings, taken for one letter. */
async function takePool(server: MailServer, socketTimeout: number): Promise<OpenPool> {
  const key = JSON.stringify(server);
  if (open?.key === key) return taken(open);
  const transporter = await connect(server, { pool: true, socketTimeout });
  // Several letters may have begun at once: the first pool serves them all. One of older settings ends with its letters.
  if (open?.key === key) {
    transporter.close();
    return taken(open);
  }
  if (open?.busy === 0) closeMail();
  open = { key, transporter, busy: 0 };
  return taken(open);
}

function taken(pool: OpenPool): OpenPool {
  pool.busy += 1;
  clearTimeout(pool.timer);
  return pool;
}

/** Nothing is kept open for long: neither the relay nor the end of the program has to wait for it. */
function rest(pool: OpenPool): void {
  pool.busy -= 1;
  if (pool.busy > 0) return;
  pool.timer = setTimeout(() => {
    pool.transporter.close();
    if (open === pool) open = undefined;
  }, KEEP_MS).unref();
}

/** The name is looked up and judged here; the certificate is still asked for by the name. */
async function connect(
  server: MailServer,
  kind: { readonly pool: boolean; readonly socketTimeout: number },
): Promise<Mailer> {
  const [address = server.host] = await resolveMailHost(server.host);
  const options = {
    ...kind,
    maxConnections: 2,
    host: address,
    port: server.port,
    secure: server.security === "tls",
    requireTLS: server.security === "starttls",
    ignoreTLS: server.security === "none",
    tls: { minVersion: "TLSv1.2", ...(isIP(server.host) === 0 ? { servername: server.host } : {}) },
    ...(server.username === "" ? {} : { auth: { user: server.username, pass: server.password } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const transporter: Mailer = createTransport(options as SMTPPool.Options);
  // A connection that ends while nothing is being sent is no trouble.
  transporter.on("error", () => {});
  return transporter;
}

/** Addresses are objects and every header one line, so that nothing in a value can become a header or a recipient. */
function message(server: MailServer, letter: Letter): Record<string, unknown> {
  const domain = server.fromAddress.split("@")[1] ?? "localhost";
  return {
    from: { name: oneLine(server.fromName), address: server.fromAddress },
    to: [{ name: "", address: letter.to }],
    subject: oneLine(letter.subject),
    text: letter.text,
    html: letter.html,
    messageId: `<${letter.messageId}@${domain}>`,
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "List-Id": `<${letter.list}.headroom.${domain}>`,
      "Content-Language": letter.language,
    },
  };
}

function oneLine(text: string): string {
  return text.replace(LINE_BREAKS, " ").trim().slice(0, ANSWER_CHARACTERS);
}

/** A letter is refused for good when the relay says so of it; whatever the relay says of itself may change. */
function failure(error: SmtpError): Delivery {
  if (error instanceof AppError) return { outcome: "later", trouble: "host_refused", answer: "" };
  const trouble = troubleOf(error);
  const aboutLetter = ["sender", "recipient", "content"].includes(trouble);
  const final = aboutLetter && (error.responseCode ?? 0) >= 500;
  return { outcome: final ? "refused" : "later", trouble, answer: oneLine(error.response ?? "") };
}

const byCode: Record<string, MailTrouble> = {
  EAUTH: "login",
  ENOAUTH: "login",
  ETLS: "tls",
  ETIMEDOUT: "timeout",
  ESOCKET: "unreachable",
  ECONNECTION: "unreachable",
  ECONNREFUSED: "unreachable",
  EDNS: "not_found",
  ENOTFOUND: "not_found",
  EAI_AGAIN: "not_found",
};

/** By the part of the conversation it stopped at. */
const byCommand: readonly [RegExp, MailTrouble][] = [
  [/^MAIL FROM/, "sender"],
  [/^RCPT TO/, "recipient"],
  [/^DATA$/, "content"],
  [/^STARTTLS$/, "tls"],
];

function troubleOf(error: SmtpError): MailTrouble {
  const { command = "", responseCode = 0, code = "", originalCode = "" } = error;
  const stopped = byCommand.find(([said]) => said.test(command));
  if (stopped !== undefined) return stopped[1];
  if (CERTIFICATE.test(originalCode)) return "tls";
  return byCode[originalCode] ?? byCode[code] ?? (Math.floor(responseCode / 100) === 4 ? "busy" : "other");
}

/** A certificate's troubles come under many codes, all of them the connection's own. */
const CERTIFICATE = /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;
