import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { MailServer } from "#server/platform/mail.ts";

// The world outside, on loopback: what leaves the program in tests arrives here and nowhere else.

interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly raw: string;
  /** Its header, unfolded, by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** Quoted-printable and base64 parts decoded, one after the other. */
  readonly body: string;
}

interface SinkOptions {
  readonly security?: MailServer["security"];
  readonly login?: { readonly username: string; readonly password: string };
  /** What to say to a recipient instead of yes: a code and words. Called for each attempt. */
  readonly refuse?: (recipient: string, attempt: number) => { code: number; words: string } | undefined;
  /** Takes the mail and never says so. */
  readonly hang?: boolean;
}

export interface MailSink {
  readonly port: number;
  readonly mails: ReceivedMail[];
  /** How to reach it. */
  readonly server: (overrides?: Partial<MailServer>) => MailServer;
  readonly close: () => Promise<void>;
}

/** A mail server that keeps what it is sent. */
export async function startMailSink(options: SinkOptions = {}): Promise<MailSink> {
  const mails: ReceivedMail[] = [];
  const smtp = new SMTPServer(smtpOptions(options, mails));
  smtp.on("error", () => {});
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  const { port } = smtp.server.address() as AddressInfo;
  return {
    port,
    mails,
    server: (overrides = {}) => ({
      host: "127.0.0.1",
      port,
      security: options.security ?? "none",
      username: options.login?.username ?? "",
      password: options.login?.password ?? "",
      fromAddress: "headroom@sender.test",
      fromName: "Headroom",
      ...overrides,
    }),
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
}

function smtpOptions(options: SinkOptions, mails: ReceivedMail[]): SMTPServerOptions {
  let attempts = 0;
  const { security = "none", login } = options;
  return {
    secure: security === "tls",
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disabledCommands: security === "none" ? ["STARTTLS"] : [],
    closeTimeout: 100,
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, done) => {
      if (username === login?.username && password === login?.password) done(null, { user: username });
      else done(new Error("wrong user name or password"));
    },
    onRcptTo: ({ address }, _session, done) => {
      const refusal = options.refuse?.(address, ++attempts);
      if (refusal === undefined) done();
      else done(Object.assign(new Error(refusal.words), { responseCode: refusal.code }));
    },
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        if (options.hang === true) return;
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ from, to, ...read(Buffer.concat(parts).toString("utf8")) });
        done();
      });
    },
  };
}

function read(raw: string): Pick<ReceivedMail, "raw" | "headers" | "body"> {
  const { headers, rest } = split(raw);
  const boundary = /boundary="?([^";]+)/.exec(headers.get("content-type") ?? "")?.[1];
  const parts = boundary === undefined ? [raw] : rest.split(`--${boundary}`).slice(1, -1);
  return { raw, headers, body: parts.map((part) => decode(part.replace(/^\r?\n/, ""))).join("\n") };
}

function split(text: string): { headers: Map<string, string>; rest: string } {
  const end = text.search(/\r?\n\r?\n/);
  const lines = text
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), words(line.slice(colon + 1).trim())];
  });
  return { headers: new Map(headers), rest: text.slice(end).trimStart() };
}

function decode(part: string): string {
  const { headers, rest } = split(part);
  const encoding = headers.get("content-transfer-encoding");
  if (encoding === "base64") return Buffer.from(rest, "base64").toString("utf8");
  return encoding === "quoted-printable" ? unquote(rest.replace(/=\r?\n/g, "")) : rest;
}

/** "=?UTF-8?Q?…?=" as what it says. */
function words(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([qb])\?(.*?)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("utf8")
        : unquote(text.replace(/_/g, " ")),
    );
}

function unquote(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}
