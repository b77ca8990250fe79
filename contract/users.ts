import { z } from "zod";
import { newUser } from "./accounts.ts";
import { endpoint } from "./endpoint.ts";
import { languages } from "./languages.ts";
import { type BuiltInRole, builtInRoles, permissions } from "./permissions.ts";

const id = z.string().regex(/^[1-9]\d{0,17}$/);
const instant = z.iso.datetime();
const name = z.string().trim().min(1).max(100);
const { email } = newUser.shape;
const secret = z.string().max(200);
const nothing = z.object({});
const permission = z.enum(permissions);
const builtInRole = z.enum(Object.keys(builtInRoles) as [BuiltInRole, ...BuiltInRole[]]);

const role = z.object({
  id,
  /** Set for built-in roles, whose labels are texts; own ones have a name. */
  key: builtInRole.nullable(),
  name: z.string().nullable(),
  permissions: z.array(permission),
  users: z.int(),
});

export const listRoles = endpoint({
  method: "GET",
  path: "/api/roles",
  input: nothing,
  reply: z.object({ roles: z.array(role) }),
});

const roleInput = z.object({ name, permissions: z.array(permission).max(permissions.length) });

export const createRole = endpoint({
  method: "POST",
  path: "/api/roles",
  input: roleInput,
  reply: z.object({ id }),
});

export const updateRole = endpoint({
  method: "PUT",
  path: "/api/roles/:id",
  input: roleInput.extend({ id }),
  reply: nothing,
});

export const deleteRole = endpoint({
  method: "DELETE",
  path: "/api/roles/:id",
  input: z.object({ id }),
  reply: nothing,
});

export const listUsers = endpoint({
  method: "GET",
  path: "/api/users",
  input: nothing,
  reply: z.object({
    users: z.array(
      z.object({
        id,
        name: z.string(),
        email: z.string(),
        roleId: id,
        active: z.boolean(),
        lastSeenAt: instant.nullable(),
      }),
    ),
    invitations: z.array(
      z.object({
        id,
        email: z.string(),
        roleId: id,
        createdAt: instant,
        expiresAt: instant,
        /** Of its link; none: somebody hands it over. */
        mail: z.enum(["none", "queued", "sent", "failed"]),
      }),
    ),
  }),
});

/** Changes the role, or closes and opens the account to somebody. */
export const updateUser = endpoint({
  method: "PATCH",
  path: "/api/users/:id",
  input: z.object({ id, roleId: id.optional(), active: z.boolean().optional() }),
  reply: nothing,
});

export const inviteUser = endpoint({
  method: "POST",
  path: "/api/invitations",
  input: z.object({ email, roleId: id }),
  /** `path` ends in the secret of the link and is answered this once. */
  reply: z.object({
    id,
    path: z.string(),
    expiresAt: instant,
    /** The link also goes out by mail. */
    mailed: z.boolean(),
  }),
});

export const revokeInvitation = endpoint({
  method: "DELETE",
  path: "/api/invitations/:id",
  input: z.object({ id }),
  reply: nothing,
});

export const getInvitation = endpoint({
  method: "POST",
  path: "/api/invitation/check",
  input: z.object({ token: secret }),
  reply: z.object({
    email: z.string(),
    accountName: z.string(),
    language: z.enum(languages),
    /** The invited person has a login already and accepts with its password. */
    hasLogin: z.boolean(),
  }),
});

export const acceptInvitation = endpoint({
  method: "POST",
  path: "/api/invitation",
  /** Name, language and time zone are for those who have no login yet. */
  input: newUser
    .omit({ email: true })
    .partial({ name: true, language: true, timeZone: true })
    .extend({ token: secret }),
  reply: nothing,
});

export const listTokens = endpoint({
  method: "GET",
  path: "/api/tokens",
  input: nothing,
  reply: z.object({
    tokens: z.array(
      z.object({
        id,
        name: z.string(),
        prefix: z.string(),
        permissions: z.array(permission),
        createdBy: z.string().nullable(),
        createdAt: instant,
        lastUsedAt: instant.nullable(),
      }),
    ),
  }),
});

export const createToken = endpoint({
  method: "POST",
  path: "/api/tokens",
  input: z.object({ name, permissions: z.array(permission).min(1) }),
  /** `token` is answered this once. */
  reply: z.object({ id, token: z.string() }),
});

export const revokeToken = endpoint({
  method: "DELETE",
  path: "/api/tokens/:id",
  input: z.object({ id }),
  reply: nothing,
});

/** Who can give somebody a permission: what a disabled button says. */
export const listGranters = endpoint({
  method: "GET",
  path: "/api/permissions/granters",
  input: z.object({ permission }),
  reply: z.object({
    granters: z.array(z.object({ id, name: z.string() })),
    /** The asking person has asked already and waits for an answer. */
    asked: z.boolean(),
  }),
});

/** Who works in the account, to be chosen by name. */
export const listMemberNames = endpoint({
  method: "GET",
  path: "/api/members",
  input: z.object({}),
  reply: z.object({ members: z.array(z.object({ id, name: z.string() })) }),
});

/** "Ask": for a permission, or for a feature the account lacks. Asking twice is asking once. */
export const ask = endpoint({
  method: "POST",
  path: "/api/requests",
  input: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("permission"),
      name: permission,
      note: z.string().trim().max(500).default(""),
    }),
    z.object({
      kind: z.literal("feature"),
      name: z.string().regex(/^[a-z-]{1,50}$/),
      note: z.string().trim().max(500).default(""),
    }),
  ]),
  reply: nothing,
});

export const listRequests = endpoint({
  method: "GET",
  path: "/api/requests",
  input: nothing,
  reply: z.object({
    requests: z.array(
      z.object({
        id,
        kind: z.enum(["permission", "feature"]),
        name: z.string(),
        userId: id,
        userName: z.string(),
        note: z.string(),
        createdAt: instant,
      }),
    ),
  }),
});

export const answerRequest = endpoint({
  method: "POST",
  path: "/api/requests/:id/answer",
  /** A granted permission comes from a role: choose one that has it. Features are enabled where they live. */
  input: z.object({ id, answer: z.enum(["granted", "declined"]), roleId: id.optional() }),
  reply: nothing,
});
