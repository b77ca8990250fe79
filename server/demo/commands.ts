import { readPasswordFile } from "#server/accounts/command-line/read-password-file.ts";
import type { Commands, Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { makeDemo } from "./make-demo.ts";

interface Options {
  readonly email: string;
  readonly passwordFile?: string;
}

/** `headroom demo`. */
export const commands: Commands = (program, commandLine) => {
  const say = (key: string) => text(commandLine.language, `demo:${key}`);
  program
    .command("demo")
    .description(say("help"))
    .option("--email <address>", say("help_email"), "demo@fernhill.test")
    .option("--password-file <file>", say("help_password_file"))
    .action((options: Options) =>
      commandLine.inInstallation((context, output) => demo(context, output, options)),
    );
};

async function demo(context: Context, output: Output, { email, passwordFile }: Options): Promise<number> {
  const password = passwordFile === undefined ? undefined : readPasswordFile(passwordFile);
  const made = await makeDemo(context, {
    email,
    password,
    onProgress: (done, total) => output.progress(done, total),
  });
  const number = (value: number) => readableNumber(output.language, value);
  const { contacts, marketing, waiting } = made;
  const values = {
    account: made.account,
    contacts: number(contacts),
    marketing: number(marketing),
    waiting: number(waiting),
  };
  output.line(text(output.language, "demo:made", values));
  output.line(
    text(output.language, made.password === null ? "demo:sign_in_with_own" : "demo:sign_in", {
      email,
      password: made.password,
    }),
  );
  output.json({ ...made });
  return 0;
}
