import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { mailContact } from "./alerts/mail-contact.ts";
import { watchLimits } from "./alerts/watch-limits.ts";
import { announceFalls } from "./tiers/announce-falls.ts";
import { takeAllDueChanges } from "./tiers/take-due-changes.ts";

const notice = z.object({
  contactId: z.string(),
  key: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  link: z.string(),
  since: z.string(),
});

export const jobs: Job[] = [
  job("billing.take-due-changes", { payload: z.object({}), act: takeAllDueChanges, everySeconds: 30 }),
  job("billing.announce-falls", { payload: z.object({}), act: announceFalls, cron: "7 * * * *" }),
  job("billing.watch-limits", { payload: z.object({}), act: watchLimits, everySeconds: 5 }),
  job("billing.mail-contact", { payload: notice, act: mailContact }),
];
