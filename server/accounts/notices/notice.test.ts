import { expect, test } from "vitest";
import { wordNotice } from "./notice.ts";

const reader = { language: "en", timeZone: "UTC" } as const;
const say = (date: string) =>
  wordNotice({ key: "billing:notice_plan_stays", details: { date } }, reader).text;

test("dates are written as the reader writes them, a name that only looks like one as it stands", () => {
  expect(say("2026-12-01")).toContain("1 December 2026");
  expect(say("2026-13-01")).toContain("2026-13-01");
  expect(say("2026-13-01T00:00:00Z")).toContain("2026-13-01T00:00:00Z");
});
