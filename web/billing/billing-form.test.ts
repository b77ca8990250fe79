import { describe, expect, test } from "vitest";
import { billingChange, formValues } from "./billing-form.ts";
import { type Billing, majorUnits } from "./billing-query.ts";
import { billingSearch } from "./billing-search.ts";

const update = { instant: "2026-11-30T23:00:00.000Z", day: "2026-12-01", reason: "first_of_month" } as const;
const billing: Billing = {
  plan: "professional",
  counting: "vendor",
  term: "yearly",
  marketingEnabled: true,
  timeZone: "Europe/Stockholm",
  renewalOn: "2026-02-01",
  tier: 7000,
  contactLimit: 7000,
  maximum: null,
  policy: "hold",
  currency: "SEK",
  periodStart: "2026-10-31T23:00:00.000Z",
  nextUpdate: update,
  nextRenewal: { ...update, day: "2027-02-01", reason: "renewal_date" },
  price: null,
};

describe("a change of billing", () => {
  const values = formValues(billing);

  test("holds only what was changed", () => {
    expect(billingChange(billing, values)).toEqual({});
    expect(billingChange(billing, { ...values, tier: 12_000 })).toEqual({ tier: 12_000 });
    expect(billingChange(billing, { ...values, term: "monthly", renewalOn: "2026-02-28" })).toEqual({
      term: "monthly",
      renewalOn: "2026-02-28",
    });
  });

  test("sets a maximum, or takes it away", () => {
    expect(billingChange(billing, { ...values, maximum: 9000 })).toEqual({ maximum: 9000 });
    const limited = { ...billing, maximum: 9000 };
    expect(billingChange(limited, { ...formValues(limited), maximum: "" })).toEqual({ maximum: null });
    expect(billingChange(billing, { ...values, policy: "refuse" })).toEqual({ policy: "refuse" });
  });

  test("to just counting leaves the tier as it was", () => {
    expect(billingChange(billing, { ...values, counting: "count", tier: "" })).toEqual({ counting: "count" });
  });

  test("from just counting needs a number to book a tier", () => {
    const counting: Billing = { ...billing, counting: "count", tier: null, contactLimit: null };
    expect(formValues(counting).tier).toBe("");
    const wanted = { ...formValues(counting), counting: "vendor" as const, tier: "9000" };
    expect(billingChange(counting, wanted)).toEqual({ counting: "vendor", tier: 9000 });
  });
});

test("minor units are those of the currency", () => {
  expect([majorUnits(14_550, "EUR"), majorUnits(14_550, "JPY"), majorUnits(14_550, "KWD")]).toEqual([
    145.5, 14_550, 14.55,
  ]);
});

test("the address names a tab or none", () => {
  expect(billingSearch({ tab: "usage" })).toEqual({ tab: "usage" });
  expect(billingSearch({ tab: "secrets" })).toEqual({});
});
