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
    clock: new Date("2026-12-31T23:00:00Z"),
  });
});

test.for([
  ["PORT", "web"],
  ["PORT", "70000"],
  ["DATABASE_URL", "mysql://localhost/headroom"],
  ["HEADROOM_URL", "crm.example"],
  ["HEADROOM_METRICS_TOKEN", "short"],
  ["HEADROOM_CLOCK", "next monday"],
])("%s=%s is refused with an example that would do", ([name = "", value = ""]) => {
  const refusal = caught(() => readConfig({ [name]: value }));
  expect(refusal).toBeInstanceOf(SettingError);
  const example = String((refusal as SettingError).details["example"]);
  expect(() => readConfig({ [name]: example })).not.toThrow();
  expect(text("en", "command-line:setting_invalid", { name, example })).toContain(`${name}=${example}`);
});

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
