import type { z } from "zod";
import type { getMailSettings as endpoint, saveMailSettings as saveEndpoint } from "#contract/mail.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { readConfig } from "#server/platform/config.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import type { MailServer } from "#server/platform/mail.ts";
import { resolveMailHost } from "#server/platform/mail-host.ts";
import { seal, unseal } from "#server/platform/sealing.ts";
import {
  countMailedNotices,
  deleteMailSetting,
  findMailSetting,
  type MailSettingRow,
  upsertMailSetting,
} from "./queries.ts";
import { serverOfUrl } from "./smtp-url.ts";

interface MailSetUp {
  readonly server: MailServer;
  /** The address in front of a link's path. */
  readonly baseUrl: string;
}

/** Whether mail can be sent at all; without it notices stay in the app and links are handed over by people. */
export async function isMailConfigured({ db }: Context): Promise<boolean> {
  return readConfig(process.env).smtpUrl !== undefined || (await findMailSetting(db)) !== undefined;
}

/** How mail leaves now: as the environment says, else as Settings says; null when neither does. */
export async function findMailSetUp({ db }: Context): Promise<MailSetUp | null> {
  const row = await findMailSetting(db);
  const baseUrl = row?.baseUrl ?? defaultBaseUrl();
  const fixed = serverOfEnvironment();
  if (fixed !== null) return { server: fixed, baseUrl: defaultBaseUrl() };
  if (row === undefined) return null;
  const { passwordSealed, baseUrl: _, ...server } = row;
  return { server: { ...server, password: passwordSealed === null ? "" : unseal(passwordSealed) }, baseUrl };
}

/** For the operator's eyes: everything but the password. */
export async function getMailSettings(context: Context): Promise<z.input<typeof endpoint.reply>> {
  const notices = await countMailedNotices(context);
  const fixed = serverOfEnvironment();
  if (fixed !== null) {
    const { password, ...server } = fixed;
    const settings = { ...server, baseUrl: null, hasPassword: password !== "" };
    return { source: "environment", settings, defaultBaseUrl: defaultBaseUrl(), notices };
  }
  const row = await findMailSetting(context.db);
  if (row === undefined) return { source: "none", settings: null, defaultBaseUrl: defaultBaseUrl(), notices };
  const { passwordSealed, ...server } = row;
  const settings = { ...server, hasPassword: passwordSealed !== null };
  return { source: "saved", settings, defaultBaseUrl: defaultBaseUrl(), notices };
}

/** Saves how mail leaves. Refuses while the environment says it, and hosts that no mail server has. */
export async function saveMailSettings(
  context: Context,
  input: z.output<typeof saveEndpoint.input>,
): Promise<void> {
  requireFree();
  await resolveMailHost(input.host).catch((error: unknown) => {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid_input", "mail:host_not_found", { host: input.host });
  });
  await inTransaction(context, async (context) => {
    const kept = await findMailSetting(context.db);
    const { password, baseUrl, ...server } = input;
    const row: MailSettingRow = {
      ...server,
      baseUrl: baseUrl?.replace(/\/+$/, "") ?? null,
      passwordSealed: sealedPassword(password, sameServer(kept, input) ? kept : undefined),
    };
    await upsertMailSetting(context, row);
    await recordEvent(context, { type: "mail_settings.saved", details: { host: row.host, port: row.port } });
  });
}

/** Stops mail. What waits to be sent is not sent. */
export function removeMailSettings(context: Context): Promise<void> {
  requireFree();
  return inTransaction(context, async (context) => {
    await deleteMailSetting(context.db);
    await recordEvent(context, { type: "mail_settings.removed" });
  });
}

/**
 * A kept password is only for where and how it was given: another host or port is not to be handed it, nor is it to
 * leave by a connection that is less secure.
 */
function sameServer(kept: MailSettingRow | undefined, now: Server): boolean {
  return kept !== undefined && places.every((part) => kept[part] === now[part]);
}

const places = ["host", "port", "security", "username"] as const;
type Server = Pick<MailSettingRow, (typeof places)[number]>;

function sealedPassword(password: string | undefined, kept: MailSettingRow | undefined): string | null {
  if (password === undefined) return kept?.passwordSealed ?? null;
  return password === "" ? null : seal(password);
}

function requireFree(): void {
  if (serverOfEnvironment() !== null) throw new AppError("conflict", "mail:set_by_environment");
}

function serverOfEnvironment(): MailServer | null {
  const { smtpUrl, mailFrom } = readConfig(process.env);
  return smtpUrl === undefined ? null : serverOfUrl(smtpUrl, mailFrom ?? "");
}

function defaultBaseUrl(): string {
  const { baseUrl, port } = readConfig(process.env);
  return baseUrl ?? `http://localhost:${port}`;
}
