import { z } from "zod";
import { endpoint } from "./endpoint.ts";

const id = z.string().regex(/^[1-9]\d{0,17}$/);
const instant = z.iso.datetime();
const nothing = z.object({});

/** What the reader was told in this account, newest first. */
export const listNotices = endpoint({
  method: "GET",
  path: "/api/notices",
  input: z.object({
    /** Only older ones than this. */
    before: id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
    unreadOnly: z.stringbool().default(false),
  }),
  reply: z.object({
    notices: z.array(
      z.object({
        id,
        /** Sentences in the reader's language. */
        title: z.string(),
        text: z.string(),
        /** A path of these screens. */
        link: z.string(),
        at: instant,
        read: z.boolean(),
      }),
    ),
    unread: z.int(),
    more: z.boolean(),
  }),
});

export const countUnreadNotices = endpoint({
  method: "GET",
  path: "/api/notices/unread",
  input: nothing,
  reply: z.object({ unread: z.int() }),
});

/** Marks these as read, or all there are. */
export const readNotices = endpoint({
  method: "POST",
  path: "/api/notices/read",
  input: z.union([z.object({ ids: z.array(id).min(1).max(1000) }), z.object({ all: z.literal(true) })]),
  reply: nothing,
});

/** Which kinds of notices the reader also gets by mail in this account. */
export const listNoticeChoices = endpoint({
  method: "GET",
  path: "/api/notice-choices",
  input: nothing,
  reply: z.object({
    /** Without it nothing comes by mail, whatever is chosen. */
    mailSetUp: z.boolean(),
    choices: z.array(z.object({ kind: z.string(), mail: z.boolean() })),
  }),
});

export const chooseNotices = endpoint({
  method: "PUT",
  path: "/api/notice-choices/:kind",
  input: z.object({ kind: z.string().regex(/^[a-z][a-z-]{0,49}$/), mail: z.boolean() }),
  reply: nothing,
});
