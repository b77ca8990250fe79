import { createToken as tokenEndpoint } from "#contract/users.ts";
import type { Commands, Output } from "#server/platform/command.ts";
import { readConfig } from "#server/platform/config.ts";
import type { Context } from "#server/platform/context.ts";
import { parseInput } from "#server/platform/parse-input.ts";
import { text } from "#server/platform/texts.ts";
import { readPasswordFile } from "./command-line/read-password-file.ts";
import { createSetupLink } from "./setup-link.ts";
import { createToken } from "./tokens/create-token.ts";
import { createPasswordReset, setPassword } from "./users/reset-password.ts";

interface ResetOptions {
  readonly email: string;
  readonly passwordFile?: string;
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
    .option("--password-file <file>", help("password_file"))
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
  if (passwordFile === undefined) {
    const link = linkTo((await createPasswordReset(context, { email })).path);
    output.line(text(output.language, "accounts:reset_link_made", { email, link }));
    output.json({ email, link });
    return 0;
  }
  await setPassword(context, { email, password: readPasswordFile(passwordFile) });
  output.line(text(output.language, "accounts:password_set", { email }));
  output.json({ email });
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
