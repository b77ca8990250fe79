import type { Commands, Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { readableMoment, readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { showUsage } from "./show-usage.ts";
import { readMoment } from "./typed-moment.ts";

/** `headroom usage`: now, or at any other moment. */
export const addUsage: Commands = (program, commandLine) => {
  const say = (key: string) => text(commandLine.language, `marketing-status:command_${key}`);
  program
    .command("usage")
    .description(say("usage"))
    .option("--at <instant>", say("at"))
    .action((options: { at?: string }) =>
      commandLine.inAccount((context, output) => usage(context, output, options.at)),
    );
};

async function usage(context: Context, output: Output, at: string | undefined): Promise<number> {
  const moment = at === undefined ? undefined : readMoment(at, context.actor.timeZone);
  const shown = await showUsage(context, { at: moment?.toISOString() });
  const say = (key: string, values: Record<string, unknown>) =>
    output.line(text(output.language, `marketing-status:${key}`, values));
  const number = (value: number) => readableNumber(output.language, value);
  const { contactLimit, nextUpdate, timeZone } = shown;
  if (moment !== undefined) say("usage_at", { at: readableMoment(output.language, moment, timeZone) });
  say("usage_marketing", { marketing: number(shown.marketing), waiting: number(shown.waiting) });
  say("usage_total", { nonMarketing: number(shown.nonMarketing), total: number(shown.total) });
  if (!shown.totalIsComplete) say("usage_total_incomplete", {});
  if (contactLimit !== null) {
    const key = moment === undefined ? "usage_limit" : "usage_limit_today";
    say(key, { limit: number(contactLimit), headroom: number(contactLimit - shown.marketing) });
  }
  sayMaximum(output, shown, moment !== undefined);
  const then = { count: shown.atNextUpdate, number: number(shown.atNextUpdate) };
  say("usage_next", { at: readableMoment(output.language, nextUpdate, timeZone), ...then });
  output.json({ ...shown });
  return 0;
}

/** The maximum may stand below the contact limit: then it is what stops the next raise. */
function sayMaximum(
  output: Output,
  { maximum, marketing }: { maximum: number | null; marketing: number },
  otherMoment: boolean,
): void {
  if (maximum === null) return;
  const { language } = output;
  const key = otherMoment ? "usage_maximum_today" : "usage_maximum";
  const number = (value: number) => readableNumber(language, value);
  const left = Math.max(0, maximum - marketing);
  output.line(text(language, `marketing-status:${key}`, { maximum: number(maximum), left: number(left) }));
}
