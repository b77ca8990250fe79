import { z } from "zod";
import { endpoint } from "./endpoint.ts";

const nothing = z.object({});
const oneLine = z.string().regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "mail:one_line");
const security = z.enum(["tls", "starttls", "none"]);

const mailServer = z.object({
  host: oneLine.trim().min(1).max(253),
  port: z.int().min(1).max(65_535),
  /** tls: from the first byte; starttls: before anything else, or not at all; none: as it is. */
  security,
  username: oneLine.max(200).default(""),
  fromAddress: oneLine.trim().max(254).pipe(z.email()),
  fromName: oneLine.trim().max(100).default(""),
  /** Where links in mails lead; null takes the address the installation is started with. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .nullable()
    .default(null),
});

/** How mail leaves the installation. */
export const getMailSettings = endpoint({
  method: "GET",
  path: "/api/mail-settings",
  input: nothing,
  reply: z.object({
    /** environment: HEADROOM_SMTP_URL says how, ahead of what is saved here. */
    source: z.enum(["none", "environment", "saved"]),
    settings: mailServer.required().extend({ hasPassword: z.boolean() }).nullable(),
    /** Where links lead when nothing else is said. */
    defaultBaseUrl: z.string(),
    /** Of the last seven days, over all accounts. */
    notices: z.object({ waiting: z.int(), sent: z.int(), failed: z.int() }),
  }),
});

export const saveMailSettings = endpoint({
  method: "PUT",
  path: "/api/mail-settings",
  /** Without a password the one that is kept stays; an empty one removes it. */
  input: mailServer.extend({ password: z.string().max(500).optional() }),
  reply: nothing,
});

/** Mail is not sent any more; notices stay in the app. */
export const removeMailSettings = endpoint({
  method: "DELETE",
  path: "/api/mail-settings",
  input: nothing,
  reply: nothing,
});

/** Sends a mail to the address of the person who asks, and answers what the mail server said. */
export const testMailSettings = endpoint({
  method: "POST",
  path: "/api/mail-settings/test",
  input: nothing,
  reply: z.object({
    outcome: z.enum(["sent", "later", "refused"]),
    /** A sentence in the reader's language. */
    message: z.string(),
    /** What the mail server said, word for word; empty when it said nothing. */
    answer: z.string(),
  }),
});
