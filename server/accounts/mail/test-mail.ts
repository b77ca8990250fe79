import type { z } from "zod";
import type { testMailSettings as endpoint } from "#contract/mail.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { tryMail } from "#server/platform/mail.ts";
import { text } from "#server/platform/texts.ts";
import { newSecret } from "../secret.ts";
import { findUser } from "../sessions/queries.ts";
import { requireUser } from "../users/require-user.ts";
import { composeLetter } from "./compose-letter.ts";
import { findMailSetUp } from "./mail-settings.ts";

/** Sends one mail to the person who asks and says how it went, with the server's own words. */
export async function testMail(context: Context): Promise<z.input<typeof endpoint.reply>> {
  const userId = requireUser(context);
  const setUp = await findMailSetUp(context);
  if (setUp === null) throw new AppError("conflict", "mail:not_set_up");
  const { email: to = "" } = (await findUser(context.db, userId)) ?? {};
  const { language } = context.actor;
  const letter = composeLetter({
    to,
    language,
    title: text(language, "mail:test_title"),
    text: text(language, "mail:test_text"),
    link: setUp.baseUrl,
    action: text(language, "mail:open"),
    footer: text(language, "mail:test_footer"),
    messageId: `test-${newSecret()}`,
    list: "tests",
  });
  const delivery = await tryMail(setUp.server, letter);
  const key = delivery.outcome === "sent" ? "mail:test_sent" : `mail:trouble_${delivery.trouble}`;
  const values = { to, host: setUp.server.host, port: setUp.server.port };
  return { outcome: delivery.outcome, message: text(language, key, values), answer: delivery.answer };
}
