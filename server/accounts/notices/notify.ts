import type { Permission } from "#contract/permissions.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { enqueue } from "#server/platform/job.ts";
import { isMailConfigured } from "../mail/mail-settings.ts";
import { listMembers } from "../roles/granters.ts";
import { kindOf } from "./notice.ts";
import { insertNotices, listDecliners } from "./queries.ts";

export interface Notice {
  /** Everybody in the account who may do this now, or these of its people. */
  readonly to: { readonly permission: Permission } | { readonly userIds: readonly string[] };
  /** The stem of two texts, `<key>_title` and `<key>_text`, of server/locales: `billing:notice_limit_crossed`. */
  readonly key: string;
  /**
   * Fills the texts in each reader's language. Numbers and ISO instants are written as the reader writes them;
   * `count` also chooses the plural form.
   */
  readonly details: Readonly<Record<string, string | number>>;
  /** A path of ours, such as `/billing?tab=review`. */
  readonly link: string;
  /** Also by mail, where mail is set up and the person has not declined it. */
  readonly mail: boolean;
}

/** Tells people of the context's account something, in the caller's transaction. Who cannot open the account is left out. */
export function notify(context: Context, notice: Notice): Promise<void> {
  return inTransaction(context, async (context) => {
    const { to } = notice;
    const members = await listMembers(context);
    const readers = members.filter(({ id, permissions }) =>
      "permission" in to ? permissions.has(to.permission) : to.userIds.includes(id),
    );
    if (readers.length === 0) return;
    const mailed = await mailReaders(context, notice);
    const queued = await insertNotices(
      context,
      readers.map(({ id }) => ({ userId: id, mail: mailed(id) })),
      notice,
    );
    for (const noticeId of queued)
      await enqueue(context, { name: "accounts.mail-notice", payload: { noticeId } });
  });
}

/** Who also gets it by mail. */
async function mailReaders(context: Context, { mail, key }: Notice): Promise<(userId: string) => boolean> {
  if (!mail || !(await isMailConfigured(context))) return () => false;
  const decliners = new Set(await listDecliners(context, kindOf(key)));
  return (userId) => !decliners.has(userId);
}
