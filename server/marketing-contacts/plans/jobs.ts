import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { sendReceipts } from "../reminders/send-receipts.ts";
import { sendReminders } from "../reminders/send-reminders.ts";
import { runDuePlans } from "./run-plans.ts";

const payload = z.object({});

export const jobs: Job[] = [
  job("marketing-contacts.plans", { payload, act: runDuePlans, cron: "* * * * *" }),
  job("marketing-contacts.reminders", { payload, act: sendReminders, cron: "*/5 * * * *" }),
  job("marketing-contacts.receipts", { payload, act: sendReceipts, cron: "*/2 * * * *" }),
];
