import type { Commands } from "#server/platform/command.ts";
import { addPriceBook } from "./price-book/price-book-command.ts";
import { addSetUp } from "./set-up-command.ts";

export const commands: Commands = (program, commandLine) => {
  addSetUp(program, commandLine);
  addPriceBook(program, commandLine);
};
