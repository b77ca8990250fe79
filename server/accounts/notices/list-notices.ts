import type { z } from "zod";
import type { listNotices as endpoint, readNotices as readEndpoint } from "#contract/notices.ts";
import type { Context } from "#server/platform/context.ts";
import { requireUser } from "../users/require-user.ts";
import { wordNotice } from "./notice.ts";
import { countUnread, listNoticeRows, markRead } from "./queries.ts";

/** What the asking person was told in this account, newest first, in their language. */
export async function listNotices(
  context: Context,
  { before, limit, unreadOnly }: z.output<typeof endpoint.input>,
): Promise<z.input<typeof endpoint.reply>> {
  const userId = requireUser(context);
  const rows = await listNoticeRows(context, {
    userId,
    before: before ?? null,
    unreadOnly,
    limit: limit + 1,
  });
  const notices = rows.slice(0, limit).map((row) => {
    const { id, link, at, read } = row;
    return { id, link, at, read, ...wordNotice(row, context.actor) };
  });
  return { notices, more: rows.length > limit, unread: await countUnread(context, userId) };
}

export async function countUnreadNotices(context: Context): Promise<{ unread: number }> {
  return { unread: await countUnread(context, requireUser(context)) };
}

/** Marks these as read, or all there are. What is somebody else's, or read already, stays as it is. */
export async function readNotices(
  context: Context,
  input: z.output<typeof readEndpoint.input>,
): Promise<Record<string, never>> {
  await markRead(context, requireUser(context), "ids" in input ? input.ids : null);
  return {};
}
