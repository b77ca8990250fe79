import type { Command } from "commander";
import type { CommandLine, Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { text } from "#server/platform/texts.ts";
import { changeList, printChange, removeList } from "./command-line/change-list.ts";
import { type ChangeOptions, changeMembers } from "./command-line/change-members.ts";
import { changeFilter, type MakeOptions, makeCopy, makeList } from "./command-line/make-list.ts";
import { printExplanation, printList, printLists } from "./command-line/show-lists.ts";

type Work = (context: Context, output: Output) => Promise<number>;

/** `headroom list ls | show | create | add | remove | rename | filter | convert | copy | delete | restore | explain`. */
export function commands(program: Command, commandLine: CommandLine): void {
  const say = (key: string) => text(commandLine.language, `lists:${key}`);
  const group = program.command("list").description(say("command_list"));
  const command = (name: string) => group.command(name).description(say(`command_${name.split(" ")[0]}`));
  const run = (work: Work) => commandLine.inAccount(work);
  looking(command, say, run);
  making(command, say, run);
  changing(command, say, run);
  filling(command, say, run);
}

type Adding = (
  command: (name: string) => Command,
  say: (key: string) => string,
  run: (work: Work) => Promise<void>,
) => void;

const looking: Adding = (command, say, run) => {
  command("ls")
    .option("--deleted", say("option_deleted"))
    .action((options: { deleted?: boolean }) =>
      run((context, output) => printLists(context, output, options)),
    );
  command("show <list>").action((list: string) => run((context, output) => printList(context, output, list)));
  command("explain <list> <contact>").action((list: string, contact: string) =>
    run((context, output) => printExplanation(context, output, { typed: list, contact })),
  );
};

const making: Adding = (command, say, run) => {
  command("create <name>")
    .option("--filter <json>", say("option_filter"))
    .option("--static", say("option_static"))
    .option("--expect <number>", say("option_expect"))
    .option("--dry-run", say("option_dry_run"))
    .action((name: string, options: MakeOptions) =>
      run((context, output) => makeList(context, output, { name, ...options })),
    );
  command("copy <list> <name>")
    .option("--static", say("option_static"))
    .action((list: string, name: string, options: { static?: boolean }) =>
      run((context, output) => makeCopy(context, output, { typed: list, name, ...options })),
    );
  command("filter <list>")
    .requiredOption("--filter <json>", say("option_filter"))
    .option("--dry-run", say("option_dry_run"))
    .action((list: string, options: { filter: string; dryRun?: boolean }) =>
      run((context, output) => changeFilter(context, output, { typed: list, ...options })),
    );
};

const changing: Adding = (command, say, run) => {
  command("rename <list> <name>").action((list: string, name: string) =>
    run((context, output) => changeList(context, output, { typed: list, name })),
  );
  command("convert <list>").action((list: string) =>
    run((context, output) => printChange(context, output, { typed: list, act: "convert" })),
  );
  command("restore <list>").action((list: string) =>
    run((context, output) => printChange(context, output, { typed: list, act: "restore" })),
  );
  command("delete <list>")
    .option("--even-if-views", say("option_even_if_views"))
    .option("--dry-run", say("option_dry_run"))
    .action((list: string, options: { evenIfViews?: boolean; dryRun?: boolean }) =>
      run((context, output) => removeList(context, output, { typed: list, ...options })),
    );
};

const filling: Adding = (command, say, run) => {
  for (const act of ["add", "remove"] as const) {
    command(`${act} <list>`)
      .option("--ids <ids>", say("option_ids"))
      .option("--filter <json>", say("option_filter"))
      .option("--list <list>", say("option_list"))
      .option("--expect <number>", say("option_expect"))
      .option("--dry-run", say("option_dry_run"))
      .action((list: string, options: ChangeOptions) =>
        run((context, output) => changeMembers(context, output, { ...options, typed: list, act })),
      );
  }
};
