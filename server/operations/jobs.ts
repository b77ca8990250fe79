import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { runOperation } from "./run-operation.ts";
import { sweepOperations } from "./sweep-operations.ts";

export const jobs: Job[] = [
  job("operations.run", {
    payload: z.object({ accountId: z.string(), operationId: z.string() }),
    act: runOperation,
  }),
  job("operations.sweep", { payload: z.object({}), act: sweepOperations, everySeconds: 5 }),
];
