import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { languages } from "./languages.ts";
import { permissions } from "./permissions.ts";

/** Names the account of a request where the browser works in several; otherwise the session's last one counts. */
export const accountHeader = "x-headroom-account";

const id = z.string().regex(/^[1-9]\d{0,17}$/);
const name = z.string().trim().min(1).max(100);
const email = z.string().trim().max(254).pipe(z.email());
const language = z.enum(languages);
const timeZone = z.string().max(60).refine(isTimeZone, "accounts:time_zone_unknown");
const permission = z.enum(permissions);
/** Only bounded here; whether it is good enough is the server's to say. */
const password = z.string().min(1).max(1000);
const secret = z.string().max(200);
const nothing = z.object({});

/** What a person chooses for themselves when they get a login. */
export const newUser = z.object({ name, email, password, language, timeZone });

export const newAccount = z.object({ name, timeZone, language });

export const me = endpoint({
  method: "GET",
  path: "/api/me",
  input: nothing,
  reply: z.object({
    /** Nobody has an account yet: the address printed at the first start leads to set-up. */
    setupNeeded: z.boolean(),
    /** Null when signed out. */
    user: z
      .object({
        id,
        name: z.string(),
        email: z.string(),
        language,
        timeZone: z.string(),
        operator: z.boolean(),
      })
      .nullable(),
    /** Null when signed out, or without any account. */
    account: z
      .object({ id, name: z.string(), timeZone: z.string(), language, role: z.string().nullable() })
      .nullable(),
    accounts: z.array(z.object({ id, name: z.string() })),
    permissions: z.array(permission),
  }),
});

/**
 * Whether the one-time link of the first set-up still works.
 * Links carry their secret behind `#`, which no browser sends and no log keeps; it travels in a body.
 */
export const checkSetupLink = endpoint({
  method: "POST",
  path: "/api/setup-link/check",
  input: z.object({ token: secret }),
  reply: z.object({ valid: z.boolean() }),
});

export const signIn = endpoint({
  method: "POST",
  path: "/api/sign-in",
  input: z.object({ email: z.string().max(254), password }),
  reply: nothing,
});

export const signOut = endpoint({ method: "POST", path: "/api/sign-out", input: nothing, reply: nothing });

/** Makes this the account the session opens next time. */
export const switchAccount = endpoint({
  method: "POST",
  path: "/api/switch-account",
  input: z.object({ accountId: id }),
  reply: nothing,
});

export const updateProfile = endpoint({
  method: "PATCH",
  path: "/api/profile",
  input: z.object({ name, language, timeZone }).partial(),
  reply: nothing,
});

/** Ends every other session of the person. */
export const changePassword = endpoint({
  method: "POST",
  path: "/api/profile/password",
  input: z.object({ current: password, password }),
  reply: nothing,
});

/** Mails a link for a new password to who has a login with this address, and answers the same when nobody has. */
export const requestPasswordReset = endpoint({
  method: "POST",
  path: "/api/password-reset/request",
  input: z.object({ email }),
  reply: nothing,
});

export const checkPasswordReset = endpoint({
  method: "POST",
  path: "/api/password-reset/check",
  input: z.object({ token: secret }),
  reply: z.object({ valid: z.boolean() }),
});

export const resetPassword = endpoint({
  method: "POST",
  path: "/api/password-reset",
  input: z.object({ token: secret, password }),
  reply: nothing,
});

/** The time zone moves the billing calendar, so it changes with that. */
export const updateAccount = endpoint({
  method: "PATCH",
  path: "/api/account",
  input: newAccount.omit({ timeZone: true }).partial(),
  reply: nothing,
});

/** Removes the account and all its data for good; its name is typed to confirm. */
export const deleteAccount = endpoint({
  method: "POST",
  path: "/api/account/delete",
  input: z.object({ name: z.string().max(200) }),
  reply: nothing,
});

function isTimeZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat("en", { timeZone: zone });
    // "+02:00" is an offset, not a zone: it knows no summer.
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}
