import { resolve } from "node:path";
import { z } from "zod";
import { AppError } from "./errors.ts";

/** What the operator set, from the environment. */
export interface Config {
  /** An external Postgres; without it the embedded one in `dataFolder`. */
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** The address people use, when it is not this machine's own: links are made from it. */
  readonly baseUrl: string | undefined;
  readonly isHttps: boolean;
  /** Proxies whose forwarded headers are believed. */
  readonly trustProxy: string | undefined;
  readonly metricsToken: string | undefined;
  /** Seals what must be read again; without it a key in `dataFolder`. */
  readonly secret: string | undefined;
  /** The mail server, ahead of what Settings says: smtp:// or smtps:// with user and password. */
  readonly smtpUrl: string | undefined;
  /** Who mail comes from: `name@example.org` or `Name <name@example.org>`. */
  readonly mailFrom: string | undefined;
  /** Receivers in the operator's own network that webhooks may reach, as `host:port`. */
  readonly outboundAllow: ReadonlySet<string>;
  /** A clock that stands still, for trying out an update instant. */
  readonly clock: Date | undefined;
}

const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  HEADROOM_DATA: z.string().default("./data"),
  HEADROOM_HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4300),
  HEADROOM_URL: z.url({ protocol: /^https?$/ }).optional(),
  HEADROOM_TRUST_PROXY: z.string().optional(),
  HEADROOM_METRICS_TOKEN: z.string().min(16).optional(),
  HEADROOM_SECRET: z.string().min(16).optional(),
  HEADROOM_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  HEADROOM_MAIL_FROM: z
    .string()
    .regex(/^([^<>\p{Cc}]*<[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/u)
    .optional(),
  HEADROOM_OUTBOUND_ALLOW: z
    .string()
    .regex(/^\s*\S+:\d{1,5}(\s*,\s*\S+:\d{1,5})*\s*$/)
    .optional(),
  HEADROOM_CLOCK: z.iso.datetime({ offset: true }).optional(),
});

/** What a refusal shows: a value that would do. */
const EXAMPLES: Record<string, string> = {
  DATABASE_URL: "postgres://headroom:secret@localhost/headroom",
  PORT: "4300",
  HEADROOM_URL: "https://headroom.example.org",
  HEADROOM_METRICS_TOKEN: "0123456789abcdef",
  HEADROOM_SECRET: "0123456789abcdef",
  HEADROOM_SMTP_URL: "smtp://user:secret@mail.example.org:587",
  HEADROOM_MAIL_FROM: "Headroom <headroom@example.org>",
  HEADROOM_OUTBOUND_ALLOW: "hooks.internal:8080, 10.0.0.7:443",
  HEADROOM_CLOCK: "2027-01-01T00:00:00+01:00",
};

/** A setting that the program cannot start with: wrong use, not a refusal. */
export class SettingError extends AppError {
  constructor(name: string) {
    super("invalid_input", "command-line:setting_invalid", { name, example: EXAMPLES[name] });
  }
}

/** Reads the environment. An empty variable is as good as none; a wrong one is refused by name. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== "")),
  );
  if (!parsed.success) {
    throw new SettingError(String(parsed.error.issues[0]?.path[0]));
  }
  const set = parsed.data;
  if (set.HEADROOM_SMTP_URL !== undefined && set.HEADROOM_MAIL_FROM === undefined) {
    throw new SettingError("HEADROOM_MAIL_FROM");
  }
  return {
    databaseUrl: set.DATABASE_URL,
    dataFolder: resolve(set.HEADROOM_DATA),
    host: set.HEADROOM_HOST,
    port: set.PORT,
    baseUrl: set.HEADROOM_URL?.replace(/\/+$/, ""),
    isHttps: set.HEADROOM_URL?.startsWith("https:") ?? false,
    trustProxy: set.HEADROOM_TRUST_PROXY,
    metricsToken: set.HEADROOM_METRICS_TOKEN,
    secret: set.HEADROOM_SECRET,
    smtpUrl: set.HEADROOM_SMTP_URL,
    mailFrom: set.HEADROOM_MAIL_FROM,
    outboundAllow: new Set(set.HEADROOM_OUTBOUND_ALLOW?.split(",").map((place) => place.trim())),
    clock: set.HEADROOM_CLOCK === undefined ? undefined : new Date(set.HEADROOM_CLOCK),
  };
}
