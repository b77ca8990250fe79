import { expect, test } from "vitest";
import { type MailSettings, passwordNeed, valuesOf } from "./mail-settings.ts";

type Saved = NonNullable<MailSettings["settings"]>;

function mail(changes: Partial<Saved> = {}): MailSettings {
  const settings: Saved = {
    host: "mail.example.org",
    port: 587,
    security: "starttls",
    username: "crm",
    fromAddress: "crm@example.org",
    fromName: "CRM",
    baseUrl: null,
    hasPassword: true,
    ...changes,
  };
  const notices = { waiting: 0, sent: 0, failed: 0 };
  return { source: "saved", settings, defaultBaseUrl: "http://localhost", notices };
}

const need = (changed: object, saved = mail()) => passwordNeed(saved, { ...valuesOf(saved), ...changed });

test("a stored password stays as long as only the sender changes", () => {
  expect(need({})).toBe("kept");
  expect(need({ fromName: "Shop", baseUrl: "https://crm.example.org", host: " mail.example.org " })).toBe(
    "kept",
  );
});

test("another host, port, security or user asks for the password again", () => {
  for (const other of [{ host: "other.example.org" }, { port: 465 }, { security: "tls" }, { username: "x" }])
    expect(need(other)).toBe("again");
});

test("nothing is asked again where none is stored, or where nobody signs in any more", () => {
  expect(need({ port: 465 }, mail({ hasPassword: false }))).toBe("new");
  expect(need({ username: "" })).toBe("new");
  const none = { ...mail(), source: "none" as const, settings: null };
  expect(need({ host: "mail.example.org" }, none)).toBe("new");
});
