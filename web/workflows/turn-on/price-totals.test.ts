import { expect, test } from "vitest";
import type { Workflow } from "../workflow-query.ts";
import { isAbout, priceByDirection, raised } from "./price-totals.ts";

const setStatus = (id: string, value: "marketing" | "non_marketing") =>
  ({ id, name: "", type: "set_status", value, branches: {}, next: null }) as const;
const draft = (...steps: Workflow["draft"]["steps"]) => ({ steps });
const outcome = (outcome: string, contacts: number, reason = "") => ({ outcome, reason, contacts });

test("steps in the same direction add up, outcome by outcome", () => {
  const price = {
    steps: {
      a: { contacts: 5, about: false, outcomes: [outcome("scheduled", 3), outcome("skipped", 2, "pinned")] },
      b: { contacts: 4, about: false, outcomes: [outcome("scheduled", 4)] },
    },
  };
  const prices = priceByDirection(
    price,
    draft(setStatus("a", "non_marketing"), setStatus("b", "non_marketing")),
  );
  expect(prices).toEqual([
    {
      to: "non_marketing",
      contacts: 9,
      groups: [outcome("scheduled", 7), outcome("skipped", 2, "pinned")],
    },
  ]);
  expect(raised(prices)).toBe(0);
});

test("directions stand apart, and one that nobody reaches is nobody", () => {
  const price = {
    steps: { a: { contacts: 2, about: true, outcomes: [outcome("set_marketing", 2)] } },
  };
  const prices = priceByDirection(price, draft(setStatus("a", "marketing"), setStatus("b", "non_marketing")));
  expect(prices.map(({ to, contacts }) => [to, contacts])).toEqual([
    ["marketing", 2],
    ["non_marketing", 0],
  ]);
  expect(raised(prices)).toBe(2);
  expect(isAbout(price)).toBe(true);
});

test("without a step that sets a status there is no price", () => {
  const end: Workflow["draft"]["steps"][number] = { id: "e", name: "", type: "end" };
  expect(priceByDirection({ steps: {} }, draft(end))).toEqual([]);
});
