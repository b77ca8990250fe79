import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { seal, unseal } from "./sealing.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "headroom-seal-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

beforeEach(() => vi.stubEnv("HEADROOM_DATA", folder()));
afterEach(() => vi.unstubAllEnvs());

test("what is sealed can be read again, and looks different each time", () => {
  const sealed = seal("pässword");
  expect(sealed).not.toContain("ssword");
  expect(seal("pässword")).not.toBe(sealed);
  expect(unseal(sealed)).toBe("pässword");
});

test("the key is kept in the data folder, for its owner only", () => {
  const data = String(process.env["HEADROOM_DATA"]);
  const sealed = seal("secret");
  const file = join(data, "secret.key");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8").trim()).toHaveLength(43);
  expect(unseal(sealed)).toBe("secret");
});

test("another folder, another HEADROOM_SECRET or a changed text read nothing", () => {
  const sealed = seal("secret");
  const refusal = expect.objectContaining({ code: "unavailable", reason: "mail:secret_unreadable" });
  expect(() => unseal(`${sealed.slice(0, -2)}AA`)).toThrow(refusal);
  vi.stubEnv("HEADROOM_DATA", folder());
  expect(() => unseal(sealed)).toThrow(refusal);
  vi.stubEnv("HEADROOM_SECRET", "0123456789abcdef");
  const other = seal("secret");
  vi.stubEnv("HEADROOM_DATA", folder());
  expect(unseal(other)).toBe("secret");
  vi.stubEnv("HEADROOM_SECRET", "fedcba9876543210");
  expect(() => unseal(other)).toThrow(refusal);
});
