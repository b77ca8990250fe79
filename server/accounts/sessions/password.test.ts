import { hash } from "@node-rs/argon2";
import { expect, test } from "vitest";
import { hashPassword, needsRehash, requireGoodPassword, verifyPassword } from "./password.ts";

const email = "anna@example.test";

test("a password is right only for its own hash, and never for nobody's", async () => {
  const stored = await hashPassword("correct horse");

  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(stored, "correct horse")).toBe(true);
  expect(await verifyPassword(stored, "correct horse ")).toBe(false);
  expect(await verifyPassword(null, "nobody has this password")).toBe(false);
});

test("hashes with weaker parameters are recognised", async () => {
  expect(needsRehash(await hashPassword("correct horse"))).toBe(false);
  expect(needsRehash(await hash("correct horse", { memoryCost: 8192, timeCost: 1, parallelism: 1 }))).toBe(
    true,
  );
});

test.for([
  "1234567",
  "password1",
  "PASSWORD123",
  "aaaaaaaaab",
  "Lösenord1",
  "qwertyuiop",
  email,
  "x".repeat(257),
])("refuses %s", (password) => {
  expect(() => requireGoodPassword(password, email)).toThrow(/invalid_input/);
});

test.for(["correct horse", "åäö łż 🐎 hej", "x7-".repeat(80)])("takes %s", (password) => {
  expect(() => requireGoodPassword(password, email)).not.toThrow();
});
