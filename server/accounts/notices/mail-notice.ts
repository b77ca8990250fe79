import type { Context } from "#server/platform/context.ts";
import { text } from "#server/platform/texts.ts";
import { composeLetter, footerOf } from "../mail/compose-letter.ts";
import { deliver } from "../mail/deliver.ts";
import { wordNotice } from "./notice.ts";
import { findNoticeToMail, setNoticeMail } from "./queries.ts";

/**
 * Sends one notice by mail, once: what was sent is marked. Were the program killed between the two, the second mail
 * has the same Message-ID. Nobody is mailed who has left the account meanwhile.
 */
export async function mailNotice(context: Context, { noticeId }: { noticeId: string }): Promise<void> {
  const notice = await findNoticeToMail(context, noticeId);
  if (notice === undefined) {
    await setNoticeMail(context, noticeId, "none");
    return;
  }
  const { language, email: to, link, accountName, createdAt } = notice;
  const handed = await deliver(context, createdAt, (baseUrl) =>
    composeLetter({
      ...wordNotice(notice, notice),
      to,
      language,
      link: `${baseUrl}${link}`,
      action: text(language, "mail:open"),
      footer: footerOf(language, accountName, `${baseUrl}/settings/profile`),
      messageId: `notice-${context.accountId}-${noticeId}`,
      list: "notices",
    }),
  );
  await setNoticeMail(context, noticeId, handed);
}
