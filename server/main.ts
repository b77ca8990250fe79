import { runCli } from "./cli.ts";
import { log } from "./platform/log.ts";

// Who closes the pipe that a command writes to has seen enough.
process.stdout.on("error", () => process.exit(0));

process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "the program ends: a bug");
  process.exit(1);
});

process.exitCode = await runCli(process.argv.slice(2));
