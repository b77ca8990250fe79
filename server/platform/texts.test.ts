import { expect, test } from "vitest";
import { text } from "./texts.ts";

test("numbers in sentences are written as the reader writes them", () => {
  const values = { maximum: 1204, usage: 33_280 };
  expect(text("en", "billing:maximum_below_usage", values)).toContain("cannot be 1,204: 33,280 marketing");
  expect(text("sv", "billing:maximum_below_usage", values)).toContain("vara 1\u00a0204: 33\u00a0280 ");
  expect(text("pl", "billing:maximum_below_usage", values)).toContain("się 33\u00a0280 ");
});

test("numbers that count nothing, and what is text already, stay as they are", () => {
  expect(text("en", "command-line:port_taken", { port: 4300 })).toContain("Port 4300 is taken");
  const raise = text("sv", "marketing-status:raise_needs_expect", { contacts: 1204 });
  expect(raise).toContain("1\u00a0204");
  expect(raise).toContain("--expect 1204");
  expect(text("en", "billing:maximum_impossible", { maximum: "12345x" })).toContain("not 12345x.");
});
