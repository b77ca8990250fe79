import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { enrollStandingLate } from "./builder/enroll-standing.ts";
import { followPlans } from "./care/follow-plans.ts";
import { forgetOldHistory } from "./care/forget-history.ts";
import { wakeForgotten } from "./care/wake-decided.ts";
import { makeCalls } from "./execution/make-calls.ts";
import { workDue } from "./execution/work-due.ts";
import { hearAll } from "./triggers/hear-workflows.ts";

export const jobs: Job[] = [
  job("workflows.hear", { payload: z.object({}), act: hearAll, everySeconds: 1 }),
  job("workflows.work", { payload: z.object({}), act: workDue, everySeconds: 1 }),
  job("workflows.enroll-standing", {
    payload: z.object({
      accountId: z.string(),
      workflowId: z.string(),
      actor: z.object({
        type: z.enum(["user", "token", "command", "system", "anonymous"]),
        id: z.string().nullable(),
      }),
    }),
    act: enrollStandingLate,
  }),
  job("workflows.call", { payload: z.object({}), act: makeCalls, everySeconds: 1 }),
  job("workflows.follow-plans", { payload: z.object({}), act: followPlans, everySeconds: 2 }),
  job("workflows.wake", { payload: z.object({}), act: wakeForgotten, cron: "*/5 * * * *" }),
  job("workflows.forget", { payload: z.object({}), act: forgetOldHistory, cron: "29 3 * * *" }),
];
