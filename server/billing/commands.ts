import type { Commands } from "#server/platform/command.ts";
import { addSetUp } from "./set-up-command.ts";

export const commands: Commands = addSetUp;
