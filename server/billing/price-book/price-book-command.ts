import { readFileSync } from "node:fs";
import { z } from "zod";
import { savePrices as endpoint } from "#contract/price-book.ts";
import type { Commands, Output } from "#server/platform/command.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { parseAsked } from "#server/platform/parse-input.ts";
import { readableMoney, readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { listPrices } from "./list-prices.ts";
import { previewPrices } from "./preview-prices.ts";
import { savePrices } from "./save-prices.ts";

const book = z.object({ pages: z.array(endpoint.input).min(1) });

interface SetOptions {
  readonly file: string;
  readonly dryRun?: boolean;
}

/** `headroom price-book show | set`: the installation's prices. */
export const addPriceBook: Commands = (program, commandLine) => {
  const help = (key: string) => text(commandLine.language, `billing:help_${key}`);
  const command = program.command("price-book").description(help("price_book"));
  command
    .command("show")
    .description(help("price_book_show"))
    .action(() => commandLine.inInstallation(show));
  command
    .command("set")
    .description(help("price_book_set"))
    .requiredOption("--file <file>", help("price_book_file"))
    .option("--dry-run", help("plan_dry_run"))
    .action((options: SetOptions) =>
      commandLine.inInstallation((context, output) => set(context, output, options)),
    );
};

type Page = Awaited<ReturnType<typeof listPrices>>["pages"][number];

async function show(context: Context, output: Output): Promise<number> {
  const { pages } = await listPrices(context);
  for (const page of pages) sayPage(output, page);
  output.json({ pages });
  return 0;
}

function sayPage(output: Output, { plan, currency, included, base, blocks, example }: Page): void {
  const { language } = output;
  const money = (amount: number) => readableMoney(language, amount, currency);
  const count = (number: number) => readableNumber(language, number);
  const values = {
    plan: text(language, `billing:plan_name_${plan}`),
    currency,
    included: count(included),
    base: money(base),
    example: example ? text(language, "billing:price_example") : "",
  };
  output.line(text(language, "billing:price_page_line", values));
  for (const { from, to, step, price } of blocks) {
    const end = to === null ? text(language, "billing:price_endless") : count(to);
    const block = { from: count(from), to: end, price: money(price), step: count(step) };
    output.line(text(language, "billing:price_block_line", block));
  }
}

/** All pages or none: the first that is not sound refuses the file. */
async function set(context: Context, output: Output, { file, dryRun }: SetOptions): Promise<number> {
  const { pages } = readBook(file);
  const previews = await inTransaction(context, async (context) => {
    const previews = [];
    for (const page of pages) previews.push(await previewPrices(context, page));
    if (!dryRun) for (const page of pages) await savePrices(context, page);
    return previews;
  });
  const effect = (what: "repriced" | "withoutStep") =>
    readableNumber(
      output.language,
      previews.reduce((sum, preview) => sum + preview[what].length, 0),
    );
  const effectText = { repriced: effect("repriced"), withoutStep: effect("withoutStep") };
  output.line(text(output.language, "billing:prices_effect", effectText));
  const said = dryRun ? "command-line:nothing_changed" : "billing:prices_saved";
  output.line(text(output.language, said, { count: pages.length }));
  const effects = pages.map(({ plan, currency }, index) => ({ plan, currency, ...previews[index] }));
  output.json({ dryRun: dryRun === true, saved: dryRun ? 0 : pages.length, effects });
  return 0;
}

function readBook(file: string): z.output<typeof book> {
  try {
    return parseAsked(book, JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid_input", "billing:prices_file", { problem: (error as Error).message });
  }
}
