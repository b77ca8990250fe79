import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { closeMail } from "#server/platform/mail.ts";
import { performJob } from "#server/platform/perform-job.ts";
import { jobs } from "#server/worker.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { type MailSink, startMailSink } from "#test/outside.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { sendResetLink } from "../users/mail-links.ts";
import { createPasswordReset } from "../users/reset-password.ts";
import { chooseNotices } from "./choose-notices.ts";
import { notify } from "./notify.ts";

let fresh: FreshDatabase;
let sink: MailSink | undefined;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());
afterEach(async () => {
  vi.unstubAllEnvs();
  closeMail();
  await sink?.close();
  sink = undefined;
  await sql`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`.execute(
    fresh.db,
  );
});

async function setUpMail(...options: Parameters<typeof startMailSink>): Promise<MailSink> {
  sink = await startMailSink(...options);
  vi.stubEnv("HEADROOM_SMTP_URL", `smtp://127.0.0.1:${sink.port}?security=none`);
  vi.stubEnv("HEADROOM_MAIL_FROM", "Headroom <headroom@sender.test>");
  vi.stubEnv("HEADROOM_URL", "https://crm.example.test");
  return sink;
}

const tell = (context: Context, userIds: string[], mail = true) =>
  notify(context, {
    to: { userIds },
    key: "accounts:notice_asked",
    details: { name: "Åsa <Ek>" },
    link: "/settings/users",
    mail,
  });

async function queued() {
  const { rows } = await sql<{ id: string; task: string; payload: Record<string, unknown> }>`
    select job.id, job.task_identifier as task, body.payload from graphile_worker.jobs job
    join graphile_worker._private_jobs body on body.id = job.id order by job.id`.execute(fresh.db);
  return rows;
}

/** What a worker does with everything that waits. */
async function work(clock = buildContext(fresh.db).clock): Promise<PromiseSettledResult<void>[]> {
  const place = { db: fresh.db, clock, log: pino({ level: "silent" }) };
  const results: PromiseSettledResult<void>[] = [];
  for (const { task, payload } of await queued()) {
    const job = jobs.find(({ name }) => name === task);
    if (job === undefined) throw new Error(`No job ${task}`);
    results.push(...(await Promise.allSettled([performJob(job, payload, place)])));
  }
  return results;
}

const stateOf = async (accountId: string) =>
  (
    await fresh.db
      .selectFrom("notice")
      .select("mail")
      .where("account_id", "=", accountId)
      .orderBy("id")
      .execute()
  ).map(({ mail }) => mail);

test("without a mail server a notice stays in the app", async () => {
  const { accountId, userId } = await buildOwner(fresh.db);
  await tell(buildContext(fresh.db, { accountId }), [userId]);
  expect(await stateOf(accountId)).toEqual(["none"]);
  expect(await queued()).toEqual([]);
});

test("each reader gets one mail, in their language, with a link that leads here", async () => {
  const { mails } = await setUpMail();
  const owner = await buildOwner(fresh.db, "Norr & Söder");
  const member = await buildMember(fresh.db, owner.accountId, "viewer");
  await fresh.db.updateTable("app_user").set({ language: "sv" }).where("id", "=", member.userId).execute();
  await tell(buildContext(fresh.db, { accountId: owner.accountId }), [owner.userId, member.userId]);
  expect(await stateOf(owner.accountId)).toEqual(["queued", "queued"]);
  await work();
  await work();
  expect(await stateOf(owner.accountId)).toEqual(["sent", "sent"]);
  expect(new Set(mails.map(({ to }) => to[0]))).toEqual(new Set([owner.email, member.email]));
  expect(mails).toHaveLength(2);
  const swedish = mails.find(({ to }) => to[0] === member.email);
  expect(swedish?.headers.get("subject")).toBe("Åsa <Ek> ber om något");
  expect(swedish?.headers.get("content-language")).toBe("sv");
  expect(swedish?.body).toContain("https://crm.example.test/settings/users");
  expect(swedish?.body).toContain("Norr & Söder");
  expect(swedish?.body).toContain("<h1");
  expect(swedish?.body).toContain("&#60;Ek&#62;");
});

test("who declined the kind, and who left, gets no mail", async () => {
  const { mails } = await setUpMail();
  const owner = await buildOwner(fresh.db);
  const member = await buildMember(fresh.db, owner.accountId, "viewer");
  const { accountId } = owner;
  const asOwner = buildContext(fresh.db, { accountId, actor: { id: owner.userId } });
  await chooseNotices(asOwner, { kind: "accounts", mail: false });
  await tell(asOwner, [owner.userId, member.userId]);
  expect((await stateOf(accountId)).toSorted()).toEqual(["none", "queued"]);
  await fresh.db
    .updateTable("account_member")
    .set({ active: false })
    .where("user_id", "=", member.userId)
    .execute();
  await work();
  expect(await stateOf(accountId)).toEqual(["none", "none"]);
  expect(mails).toEqual([]);
});

test("a busy server is tried again with the same Message-ID; a refusal is final", async () => {
  const { mails } = await setUpMail({
    refuse: (recipient, attempt) => {
      if (recipient.startsWith("member")) return { code: 550, words: "5.1.1 unknown" };
      return attempt === 1 ? { code: 451, words: "4.7.1 greylisted" } : undefined;
    },
  });
  const owner = await buildOwner(fresh.db);
  const { accountId } = owner;
  const context = buildContext(fresh.db, { accountId });
  await tell(context, [owner.userId]);
  const [first] = await work();
  expect(first).toMatchObject({ status: "rejected", reason: { reason: "mail:trouble_recipient" } });
  expect(JSON.stringify(first)).not.toContain(owner.email);
  const [second] = await work();
  expect(second?.status).toBe("fulfilled");
  expect(mails.map(({ headers }) => headers.get("message-id"))).toEqual([
    expect.stringMatching(new RegExp(`^<notice-${accountId}-\\d+@sender\\.test>$`)),
  ]);

  const member = await buildMember(fresh.db, accountId, "viewer");
  await tell(context, [member.userId]);
  await work();
  expect(await stateOf(accountId)).toEqual(["sent", "failed"]);
});

test("what could not be handed over for three days is given up", async () => {
  await setUpMail({ refuse: () => ({ code: 450, words: "later" }) });
  const { accountId, userId } = await buildOwner(fresh.db);
  await tell(buildContext(fresh.db, { accountId }), [userId]);
  const tomorrow = fixedClock(new Date(Date.now() + 26 * 3_600_000));
  expect(await work(tomorrow)).toMatchObject([{ status: "rejected" }]);
  const nextWeek = fixedClock(new Date(Date.now() + 7 * 86_400_000));
  expect(await work(nextWeek)).toMatchObject([{ status: "fulfilled" }]);
  expect(await stateOf(accountId)).toEqual(["failed"]);
});

test("a link for a new password is handed over at once, while it is good", async () => {
  const { mails } = await setUpMail();
  const { email, accountId } = await buildOwner(fresh.db);
  const context = buildContext(fresh.db, { accountId, actor: { type: "command", id: null } });
  const { secret } = await createPasswordReset(context, { email });
  const wantedAt = new Date();
  expect(await sendResetLink(context, { secret, wantedAt })).toBe("sent");
  expect(mails.map(({ to }) => to)).toEqual([[email]]);
  expect(mails[0]?.body).toContain(`https://crm.example.test/reset-password#${secret}`);
  await createPasswordReset(context, { email });
  expect(await sendResetLink(context, { secret, wantedAt })).toBe("none");
});
