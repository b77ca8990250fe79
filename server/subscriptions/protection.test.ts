import { expect, test } from "vitest";
import { bounceReasons } from "#contract/subscriptions.ts";
import { bounceReason, storedReason } from "./protection.ts";

test.for([
  ["UNKNOWN_USER", "unknown_user"],
  [" unknown user ", "unknown_user"],
  ["dns-failure", "dns_failure"],
  ["", "other"],
  ["whatever", "other"],
] as const)("%o is stored as %s", ([text, reason]) => {
  expect(bounceReason(text)).toBe(reason);
});

test("every reason is stored as itself", () => {
  expect(bounceReasons.map((reason) => bounceReason(reason.toUpperCase()))).toEqual(bounceReasons);
});

test("an opt-out needs no reason and keeps the code it has", () => {
  expect(storedReason({ contactId: "1", kind: "opt_out" })).toBe("");
  expect(storedReason({ contactId: "1", kind: "complaint", reason: " abuse_report " })).toBe("abuse_report");
});
