import { Option } from "commander";
import { createToken as tokenEndpoint } from "#contract/users.ts";
import type { Commands, Output } from "#server/platform/command.ts";
import { readConfig } from "#server/platform/config.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { parseInput } from "#server/platform/parse-input.ts";
import { text } from "#server/platform/texts.ts";
import { readPasswordFile } from "./command-line/read-password-file.ts";
import { isMailConfigured } from "./mail/mail-settings.ts";
import { createSetupLink } from "./setup-link.ts";
import { createToken } from "./tokens/create-token.ts";
import { sendResetLink } from "./users/mail-links.ts";
import { createPasswordReset, setPassword } from "./users/reset-password.ts";

interface ResetOptions {
  readonly email: string;
  readonly passwordFile?: string;
  readonly mail?: boolean;
}

interface TokenOptions {
  readonly name: string;
  readonly permissions: string;
}

export const commands: Commands = (program, commandLine) => {
  const help = (key: string) => text(commandLine.language, `accounts:help_${key}`);
  program
    .command("setup-link")
    .description(help("setup_link"))
    .action(() => commandLine.inInstallation(makeSetupLink));
  program
    .command("user")
    .description(help("user"))
    .command("reset-password")
    .description(help("reset_password"))
    .requiredOption("--email <address>", help("email"))
    .addOption(new Option("--password-file <file>", help("password_file")).conflicts("mail"))
    .option("--mail", help("mail"))
    .action((options: ResetOptions) =>
      commandLine.inInstallation((context, output) => resetPassword(context, output, options)),
    );
  program
    .command("token")
    .description(help("token"))
    .command("create")
    .description(help("token_create"))
    .requiredOption("--name <name>", help("token_name"))
    .requiredOption("--permissions <names>", help("token_permissions"))
    .action((options: TokenOptions) =>
      commandLine.inAccount((context, output) => makeToken(context, output, options)),
    );
};

async function makeSetupLink(context: Context, output: Output): Promise<number> {
  const { path, validHours } = await createSetupLink(context);
  const link = linkTo(path);
  output.line(text(output.language, "accounts:setup_link_made", { link, count: validHours }));
  output.json({ link });
  return 0;
}

async function resetPassword(context: Context, output: Output, options: ResetOptions): Promise<number> {
  const { email, passwordFile } = options;
  if (passwordFile === undefined) return makeResetLink(context, output, options);
  await setPassword(context, { email, password: readPasswordFile(passwordFile) });
  output.line(text(output.language, "accounts:password_set", { email }));
  output.json({ email });
  return 0;
}

/** The link is printed also when it is mailed: should the letter not arrive, there is another way. */
async function makeResetLink(
  context: Context,
  output: Output,
  { email, mail = false }: ResetOptions,
): Promise<number> {
  if (mail && !(await isMailConfigured(context))) throw new AppError("conflict", "accounts:reset_needs_mail");
  const { path, secret } = await createPasswordReset(context, { email });
  const link = linkTo(path);
  output.line(text(output.language, "accounts:reset_link_made", { email, link }));
  if (!mail) {
    output.json({ email, link });
    return 0;
  }
  const handed = await sendResetLink(context, { secret, wantedAt: await context.clock.now(context.db) });
  if (handed !== "sent") throw new AppError("unavailable", "accounts:reset_not_mailed", { email });
  output.line(text(output.language, "accounts:reset_mailed", { email }));
  output.json({ email, link, mailed: true });
  return 0;
}

async function makeToken(context: Context, output: Output, options: TokenOptions): Promise<number> {
  const permissions = options.permissions.split(",").map((name) => name.trim());
  const input = parseInput(tokenEndpoint.input, { name: options.name, permissions });
  const { id, token } = await createToken(context, input);
  output.line(text(output.language, "accounts:token_made"));
  output.line(token);
  output.json({ id, token });
  return 0;
}

function linkTo(path: string): string {
  const { baseUrl, port } = readConfig(process.env);
  return `${baseUrl ?? `http://localhost:${port}`}${path}`;
}
