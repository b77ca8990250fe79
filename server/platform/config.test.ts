import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readConfig, SettingError } from "./config.ts";
import { text } from "./texts.ts";

test("without any setting it serves this machine from ./data", () => {
  expect(readConfig({})).toEqual({
    databaseUrl: undefined,
    dataFolder: resolve("data"),
    host: "127.0.0.1",
    port: 4300,
    baseUrl: undefined,
    isHttps: false,
    trustProxy: undefined,
    metricsToken: undefined,
    secret: undefined,
    smtpUrl: undefined,
    mailFrom: undefined,
    outboundAllow: new Set(),
    clock: undefined,
  });
});

test("an empty setting is as good as none", () => {
  expect(readConfig({ PORT: "", DATABASE_URL: "", HEADROOM_DATA: "" })).toEqual(readConfig({}));
});

test("every setting is read", () => {
  const config = readConfig({
    DATABASE_URL: "postgresql://ada:secret@db.example/headroom",
    HEADROOM_DATA: "/srv/headroom",
    HEADROOM_HOST: "0.0.0.0",
    PORT: "80",
    HEADROOM_URL: "https://crm.example/",
    HEADROOM_TRUST_PROXY: "10.0.0.0/8",
    HEADROOM_METRICS_TOKEN: "0123456789abcdef",
    HEADROOM_SECRET: "fedcba9876543210",
    HEADROOM_SMTP_URL: "smtps://ada:secret@mail.example",
    HEADROOM_MAIL_FROM: "Crm <crm@mail.example>",
    HEADROOM_OUTBOUND_ALLOW: "hooks.internal:8080, 10.0.0.7:443",
    HEADROOM_CLOCK: "2027-01-01T00:00:00+01:00",
  });
  expect(config).toEqual({
    databaseUrl: "postgresql://ada:secret@db.example/headroom",
    dataFolder: "/srv/headroom",
    host: "0.0.0.0",
    port: 80,
    baseUrl: "https://crm.example",
    isHttps: true,
    trustProxy: "10.0.0.0/8",
    metricsToken: "0123456789abcdef",
    secret: "fedcba9876543210",
    smtpUrl: "smtps://ada:secret@mail.example",
    mailFrom: "Crm <crm@mail.example>",
    outboundAllow: new Set(["hooks.internal:8080", "10.0.0.7:443"]),
    clock: new Date("2026-12-31T23:00:00Z"),
  });
});

test.for([
  ["PORT", "web"],
  ["PORT", "70000"],
  ["DATABASE_URL", "mysql://localhost/headroom"],
  ["HEADROOM_URL", "crm.example"],
  ["HEADROOM_METRICS_TOKEN", "short"],
  ["HEADROOM_SECRET", "short"],
  ["HEADROOM_MAIL_FROM", "two@mail.example, three@mail.example"],
  ["HEADROOM_CLOCK", "next monday"],
])("%s=%s is refused with an example that would do", ([name = "", value = ""]) => {
  const refusal = caught(() => readConfig({ [name]: value }));
  expect(refusal).toBeInstanceOf(SettingError);
  const example = String((refusal as SettingError).details["example"]);
  expect(() => readConfig({ [name]: example })).not.toThrow();
  expect(text("en", "command-line:setting_invalid", { name, example })).toContain(`${name}=${example}`);
});

test("a mail server needs a sender", () => {
  const smtp = { HEADROOM_SMTP_URL: "smtp://mail.example" };
  expect(caught(() => readConfig(smtp))).toMatchObject({ details: { name: "HEADROOM_MAIL_FROM" } });
  expect(() => readConfig({ ...smtp, HEADROOM_MAIL_FROM: "crm@mail.example" })).not.toThrow();
  expect(() => readConfig({ HEADROOM_SMTP_URL: "https://mail.example" })).toThrow(SettingError);
});

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
