import { composeLetter, footerOf } from "#server/accounts/mail/compose-letter.ts";
import { deliver } from "#server/accounts/mail/deliver.ts";
import { wordNotice } from "#server/accounts/notices/notice.ts";
import type { Context } from "#server/platform/context.ts";
import { text } from "#server/platform/texts.ts";
import { selectAddressee } from "./queries.ts";

interface Mail {
  readonly contactId: string;
  readonly key: string;
  readonly details: Record<string, string | number>;
  readonly link: string;
  /** When it was to be told. */
  readonly since: string;
}

/** Mails a notice to an address outside the installation, in the account's language. */
export async function mailContact(context: Context, { contactId, since, ...notice }: Mail): Promise<void> {
  const reader = await selectAddressee(context, contactId);
  if (reader === undefined) return;
  const { email: to, language, accountName } = reader;
  await deliver(context, new Date(since), (baseUrl) =>
    composeLetter({
      ...wordNotice(notice, reader),
      to,
      language,
      link: `${baseUrl}${notice.link}`,
      action: text(language, "mail:open"),
      footer: footerOf(language, accountName, `${baseUrl}/billing?tab=contacts`),
      messageId: `billing-${context.accountId}-${contactId}-${Date.parse(since)}-${notice.key.split(":")[1]}`,
      list: "notices",
    }),
  );
}
