import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EmailProblem, normaliseEmail } from "./email-address.ts";

test.each([
  ["ada@example.test", "ada@example.test"],
  ["  Ada.Byron@Example.TEST ", "ada.byron@example.test"],
  ["\u00A0ada@example.test\u00A0", "ada@example.test"],
  ["\uFEFFada@example.test\u200B", "ada@example.test"],
  ["\tada@example.test\r\n", "ada@example.test"],
  ["ada@example.test.", "ada@example.test"],
  ["o'brien+news@sub.example.test", "o'brien+news@sub.example.test"],
  ["ŻÓŁĆ@gęślą.test", "żółć@gęślą.test"],
  ["user@xn--bcher-kva.test", "user@xn--bcher-kva.test"],
  ["a/b=c@gateway.test", "a/b=c@gateway.test"],
  ["Ł@x.test", "ł@x.test"],
  ["e\u0301@x.test", "\u00E9@x.test"],
])("%j is the address %s", (raw, email) => {
  expect(normaliseEmail(raw)).toEqual({ email });
});

test.each<[string, EmailProblem]>([
  ["", "empty"],
  [" \u00A0 ", "empty"],
  ["https://example.test/contact", "url"],
  ["http://example.test/@ada", "url"],
  ["www.example.test", "url"],
  ["example.test/contact", "url"],
  ["ada lovelace@example.test", "spaces"],
  ["ada@example.test, ben@example.test", "spaces"],
  ["ada\u200B@example.test", "spaces"],
  ["ada.example.test", "missing_at"],
  ["ada@@example.test", "two_ats"],
  ["ada@example.test;ben@example.test", "two_ats"],
  ["@example.test", "nothing_before_at"],
  ["ada@", "nothing_after_at"],
  ["ada@localhost", "bad_domain"],
  ["ada@-example.test", "bad_domain"],
  ["ada@exa_mple.test", "bad_domain"],
  ["ada@example..test", "bad_domain"],
  ["<ada>@example.test", "bad_name"],
  [".ada@example.test", "bad_name"],
  [`${"a".repeat(65)}@example.test`, "bad_name"],
  [`ada@${"a.".repeat(130)}test`, "too_long"],
])("%j is none: %s", (raw, problem) => {
  expect(normaliseEmail(raw)).toEqual({ problem });
});

describe("for any text", () => {
  test("an address stays as it is when normalised again", () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: "grapheme" })), (raw) => {
        const read = normaliseEmail(raw);
        const again = "email" in read ? normaliseEmail(read.email) : read;
        expect(again).toEqual(read);
      }),
    );
  });

  test("case and outer blanks make no difference", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => {
        expect(normaliseEmail(` ${raw.toUpperCase()}\u00A0`)).toEqual(normaliseEmail(raw));
      }),
    );
  });
});

const officials = "../shared/data/officials.csv";

test.skipIf(!existsSync(officials))(
  "of 8,801 officials 158 have no address and 534 something else (needs ../shared)",
  () => {
    const rows = parse(readFileSync(officials), { columns: true, bom: true }) as { Email: string }[];
    const read = rows.map(({ Email }) => normaliseEmail(Email));
    const problems = read.flatMap((result) => ("problem" in result ? [result.problem] : []));
    const addresses = read.flatMap((result) => ("email" in result ? [result.email] : []));
    expect(rows).toHaveLength(8_801);
    expect(problems.filter((problem) => problem === "empty")).toHaveLength(158);
    expect(problems.filter((problem) => problem !== "empty")).toHaveLength(534);
    expect(addresses.length - new Set(addresses).size).toBe(6);
  },
);
