import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { purgeLists } from "./definition/purge-lists.ts";
import { keepLists } from "./upkeep/keep-lists.ts";

export const jobs: Job[] = [
  job("lists.keep", { payload: z.object({}), act: keepLists, everySeconds: 1 }),
  job("lists.purge", { payload: z.object({}), act: purgeLists, cron: "41 2 * * *" }),
];
