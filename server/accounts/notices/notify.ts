import type { Permission } from "#contract/permissions.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { listMembers } from "../roles/granters.ts";
import { insertNotices } from "./queries.ts";

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
    await insertNotices(
      context,
      readers.map(({ id }) => id),
      notice,
    );
  });
}
