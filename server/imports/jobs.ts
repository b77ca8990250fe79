import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { cleanImports } from "./clean-imports.ts";
import { readAndStart } from "./read-and-start.ts";
import { fetchTexts } from "./rejections/fetch-texts.ts";

const ofImport = { accountId: z.string(), importId: z.string() };

export const jobs: Job[] = [
  job("imports.read", {
    payload: z.object({ ...ofImport, start: z.boolean().default(false) }),
    act: readAndStart,
  }),
  job("imports.fetch-texts", { payload: z.object(ofImport), act: fetchTexts }),
  job("imports.clean", { payload: z.object({}), act: cleanImports, cron: "35 2 * * *" }),
];
