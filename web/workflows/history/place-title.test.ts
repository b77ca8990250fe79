import { expect, test } from "vitest";
import { placeTitle } from "./place-title.ts";

const names: Record<string, string> = {
  "d:1": "Wait 5 days",
  "d:2": "Wait 2 days",
  "d:3": "Wait 2 days",
  "x:1": "Tell Anna",
};
const lookup = {
  title: (id: string, version?: number) => names[`${id}:${version ?? 3}`] ?? "A step that is gone",
};
const at = (step: string, version: number) => ({ step, version, state: "waiting" as const, contacts: 1 });

test("a step is called as in the versions in which people stand before it", () => {
  const inside = [at("d", 1), at("d", 3), at("d", 2), at("x", 1)];
  expect(placeTitle(inside, "d", lookup)).toBe("Wait 2 days / Wait 5 days");
  expect(placeTitle(inside, "x", lookup)).toBe("Tell Anna");
  expect(placeTitle([at("d", 1)], "d", lookup)).toBe("Wait 5 days");
});
