import type { Reply } from "../../api.ts";

export type MailSettings = Reply<"GET /api/mail-settings">;

export const mailKey = ["mail-settings"];

export const securities = ["starttls", "tls", "none"] as const;

type Security = (typeof securities)[number];

/** The usual port of each kind of security. */
export const usualPorts: Record<Security, number> = { starttls: 587, tls: 465, none: 25 };

export interface MailFormValues {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly username: string;
  readonly password: string;
  readonly fromAddress: string;
  readonly fromName: string;
  readonly baseUrl: string;
}

const empty: MailFormValues = {
  host: "",
  port: usualPorts.starttls,
  security: "starttls",
  username: "",
  password: "",
  fromAddress: "",
  fromName: "",
  baseUrl: "",
};

export function valuesOf({ settings }: MailSettings): MailFormValues {
  if (settings === null) return empty;
  const { hasPassword: _, ...saved } = settings;
  return { ...saved, password: "", baseUrl: saved.baseUrl ?? "" };
}

/** What a password is kept for: with another of these the server drops it. */
const places = ["host", "port", "security", "username"] as const;

/**
 * kept: a stored password stays when the field is left empty. again: one is stored, but for another server or user, so
 * it has to be typed once more. new: none is stored, or nobody signs in.
 */
export function passwordNeed({ settings }: MailSettings, values: MailFormValues): "kept" | "again" | "new" {
  if (settings?.hasPassword !== true) return "new";
  const now = { ...values, host: values.host.trim() };
  if (places.every((part) => settings[part] === now[part])) return "kept";
  return now.username === "" ? "new" : "again";
}
