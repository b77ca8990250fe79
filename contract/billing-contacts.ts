import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id } from "./operations.ts";

const instant = z.iso.datetime();
const nothing = z.object({});

/** Who is told when usage comes near the contact limit, and of tier falls. */
export const showAlerts = endpoint({
  method: "GET",
  path: "/api/billing/alerts",
  input: nothing,
  reply: z.object({
    /** The people with Billing, always told in the app. */
    people: z.array(z.object({ id, name: z.string(), email: z.string() })),
    /** Addresses outside; they get mail once somebody has confirmed them. */
    contacts: z.array(
      z.object({
        id,
        email: z.string(),
        confirmedAt: instant.nullable(),
        confirmedBy: z.string().nullable(),
      }),
    ),
    /** Whether mail is sent at all. */
    mail: z.boolean(),
    timeZone: z.string(),
    usage: z.int(),
    contactLimit: z.int().nullable(),
    thresholds: z.array(
      z.object({
        threshold: z.int(),
        /** Marketing contacts from which on it is crossed. */
        at: z.int().nullable(),
        crossedAt: instant.nullable(),
        /** Whether crossing it now would be told. */
        armed: z.boolean(),
      }),
    ),
  }),
});

export const addBillingContact = endpoint({
  method: "POST",
  path: "/api/billing/contacts",
  input: z.object({ email: z.string().trim().max(254).pipe(z.email()) }),
  reply: nothing,
});

export const confirmBillingContact = endpoint({
  method: "POST",
  path: "/api/billing/contacts/:id/confirm",
  input: z.object({ id }),
  reply: nothing,
});

export const removeBillingContact = endpoint({
  method: "DELETE",
  path: "/api/billing/contacts/:id",
  input: z.object({ id }),
  reply: nothing,
});
