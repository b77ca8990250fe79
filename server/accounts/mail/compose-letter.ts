import type { Language } from "#contract/languages.ts";
import type { Letter } from "#server/platform/mail.ts";
import { text } from "#server/platform/texts.ts";

interface Wording {
  readonly to: string;
  readonly language: Language;
  readonly title: string;
  readonly text: string;
  /** Where its button leads, absolute. */
  readonly link: string;
  /** What the button says. */
  readonly action: string;
  /** Why the reader gets this, and what they can do about it. */
  readonly footer: string;
  readonly messageId: string;
  readonly list: string;
}

/** One mail as plain text and as simple HTML, saying the same. */
export function composeLetter(wording: Wording): Letter {
  const { to, language, title, link, footer, messageId, list } = wording;
  return {
    to,
    language,
    subject: title,
    messageId,
    list,
    text: `${wording.text}\n\n${wording.action}:\n${link}\n\n-- \n${footer}\n`,
    html: html(wording),
  };
}

/** The footer of a mail that somebody has to answer for: whose account it is. */
export function footerOf(language: Language, account: string, choices: string): string {
  return text(language, "mail:footer", { account, link: choices });
}

function html({ language, title, text: body, link, action, footer }: Wording): string {
  const paragraphs = body
    .split(/\n+/)
    .map((paragraph) => `<p style="margin:0 0 16px">${escape(paragraph)}</p>`);
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escape(title)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:560px;margin:0 auto">
<h1 style="font-size:20px;line-height:1.3;margin:0 0 16px">${escape(title)}</h1>
${paragraphs.join("\n")}
<p style="margin:0 0 24px"><a href="${escape(link)}">${escape(action)}</a></p>
<p style="margin:0;font-size:13px">${escape(footer)}</p>
</div>
</body>
</html>
`;
}

function escape(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
