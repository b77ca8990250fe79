import type { Commands } from "#server/platform/command.ts";
import { addPlan } from "./plan-command.ts";

export const commands: Commands = addPlan;
