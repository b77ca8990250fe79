import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { removeClosedAccounts } from "./delete-account.ts";
import { mailNotice } from "./notices/mail-notice.ts";
import { removeExpired } from "./remove-expired.ts";
import { mailInvitation, mailPasswordReset } from "./users/mail-links.ts";

const link = z.object({ sealedSecret: z.string(), wantedAt: z.coerce.date() });

export const jobs: Job[] = [
  job("accounts.mail-notice", { payload: z.object({ noticeId: z.string() }), act: mailNotice }),
  job("accounts.mail-invitation", { payload: link, act: mailInvitation }),
  job("accounts.mail-password-reset", { payload: link, act: mailPasswordReset }),
  job("accounts.remove-closed", { payload: z.object({}), act: removeClosedAccounts, cron: "17 * * * *" }),
  job("accounts.remove-expired", { payload: z.object({}), act: removeExpired, cron: "43 * * * *" }),
];
