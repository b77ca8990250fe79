import { runCli } from "./cli.ts";
import { log } from "./platform/log.ts";
import { terminalLanguage } from "./platform/output.ts";
import { text } from "./platform/texts.ts";

const OLDEST_SUPPORTED = 22;

if (Number(process.versions.node.split(".")[0]) < OLDEST_SUPPORTED) {
  const values = { version: process.versions.node };
  process.stderr.write(`${text(terminalLanguage(process.env), "command-line:old_node", values)}\n`);
}

// Who closes the pipe that a command writes to has seen enough.
process.stdout.on("error", () => process.exit(0));

process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "the program ends: a bug");
  process.exit(1);
});

process.exitCode = await runCli(process.argv.slice(2));
