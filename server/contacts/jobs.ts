import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { purgeContacts } from "./deletion/purge-contacts.ts";

export const jobs: Job[] = [
  job("contacts.purge", { payload: z.object({}), act: purgeContacts, cron: "17 2 * * *" }),
];
