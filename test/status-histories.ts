import fc from "fast-check";
import type { Step } from "./status-model.ts";
import type { Limits } from "./status-world.ts";

// What happens to an account in the model-based test: steps in any order, and terms that end in a renewal.

export const CONTACTS = 6;

const who = fc.uniqueArray(fc.nat(CONTACTS - 1), { minLength: 1, maxLength: CONTACTS });
const pair = fc.uniqueArray(fc.nat(CONTACTS - 1), { minLength: 2, maxLength: 2 });
const hours = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 31, max: 900 }));
const pin = fc.constantFrom("always" as const, "never" as const, null);
const marking = fc.constantFrom(
  "delete" as const,
  "restore" as const,
  "protect" as const,
  "unprotect" as const,
);
const weighed = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

const tiers = fc.constantFrom(2, 4, 6, 8);
const maxima = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: CONTACTS }));
const policies = fc.constantFrom("hold" as const, "hold" as const, "move_up" as const, "refuse" as const);
const wish = fc.oneof(tiers, fc.constantFrom("stay" as const, "lowest" as const));
const change = fc.record(
  { policy: policies, maximum: maxima, tier: tiers, when: fc.constant("now" as const) },
  { requiredKeys: [] },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  weighed(4, fc.record({ do: fc.constant("raise" as const), who, includeProtected: fc.boolean() })),
  weighed(4, fc.record({ do: fc.constant("lower" as const), who })),
  weighed(3, fc.record({ do: marking, who })),
  weighed(1, fc.record({ do: fc.constant("pin" as const), who, pin })),
  weighed(3, fc.record({ do: fc.constant("merge" as const), who: pair })),
  weighed(2, fc.record({ do: fc.constant("approve" as const), who })),
  weighed(1, fc.record({ do: fc.constant("decline" as const), who })),
  weighed(3, fc.constant({ do: "undo" as const })),
  weighed(3, fc.record({ do: fc.constant("wait" as const), hours })),
  weighed(2, fc.constant({ do: "settle" as const })),
  weighed(1, fc.record({ do: fc.constant("calendar" as const), day: fc.integer({ min: 1, max: 31 }) })),
  weighed(4, fc.record({ do: fc.constant("settings" as const), change })),
  weighed(2, fc.record({ do: fc.constant("book" as const), wish })),
  weighed(3, fc.constant({ do: "renew" as const })),
);

/** To the next update and beyond it, with what people do before and after; the job may come late. */
const term: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.record({ do: fc.constant("book" as const), wish }),
    fc.option(fc.record({ do: fc.constant("lower" as const), who })),
    fc.record({ do: fc.constant("wait" as const), hours: fc.integer({ min: 700, max: 800 }) }),
    fc.option(fc.record({ do: fc.constant("raise" as const), who, includeProtected: fc.boolean() })),
    fc.constant({ do: "renew" as const }),
  )
  .map((steps) => steps.filter((each) => each !== null));

/** Random histories of an account. */
export const history = fc
  .array(
    fc.oneof(
      weighed(
        8,
        step.map((each) => [each]),
      ),
      weighed(1, term),
    ),
    { minLength: 1, maxLength: 22 },
  )
  .map((parts) => parts.flat());

/** Six contacts in tiers of two, four, six and so on. */
export const limits: fc.Arbitrary<Limits> = fc.record({
  policy: policies,
  tier: fc.constantFrom(2, 4, 6),
  maximum: maxima,
});
