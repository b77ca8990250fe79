import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Context } from "#server/platform/context.ts";
import { closeMail } from "#server/platform/mail.ts";
import { performJob } from "#server/platform/perform-job.ts";
import { jobs } from "#server/worker.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { type MailSink, startMailSink } from "#test/outside.ts";
import { buildOwner } from "#test/people.ts";
import { saveBilling } from "../save-billing.ts";
import { addContact, confirmContact, removeContact, showAlerts } from "./billing-contacts.ts";
import { watchLimit } from "./watch-limits.ts";

// What addresses outside are sent, spoken over SMTP to a server on loopback.
let fresh: FreshDatabase;
let sink: MailSink | undefined;
let accounts = 0;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());
afterEach(async () => {
  vi.unstubAllEnvs();
  closeMail();
  await sink?.close();
  sink = undefined;
  await done();
});

const done = () =>
  sql`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`.execute(fresh.db);

async function setUpMail(...options: Parameters<typeof startMailSink>): Promise<MailSink> {
  sink = await startMailSink(...options);
  vi.stubEnv("HEADROOM_SMTP_URL", `smtp://127.0.0.1:${sink.port}?security=none`);
  vi.stubEnv("HEADROOM_MAIL_FROM", "Headroom <headroom@sender.test>");
  vi.stubEnv("HEADROOM_URL", "https://crm.example.test");
  return sink;
}

/** An account on a tier of 100 with these addresses, of which the first so many are confirmed. */
async function story(emails: readonly string[], confirmed = emails.length) {
  const { accountId, userId, email: owner } = await buildOwner(fresh.db, `Norr & Söder ${++accounts}`);
  const context = buildContext(fresh.db, { accountId, actor: { id: userId } });
  await saveBilling(context, { counting: "vendor", tier: 100 });
  const ids: string[] = [];
  for (const email of emails) {
    await addContact(context, { email });
    const { contacts } = await showAlerts(context);
    ids.push(contacts.find((contact) => contact.email === email)?.id ?? "");
  }
  for (const id of ids.slice(0, confirmed)) await confirmContact(context, { id });
  return { context, owner, ids };
}

async function cross(context: Context, contacts = 76): Promise<void> {
  await sql`insert into usage_tally (account_id, until, slot, contacts)
    values (${context.accountId}, 'infinity', 0, ${contacts}) on conflict (account_id, until, slot)
    do update set contacts = excluded.contacts`.execute(fresh.db);
  await watchLimit(context);
}

/** What a worker does with everything that waits, without taking it away. */
async function work(hoursLater = 0): Promise<PromiseSettledResult<void>[]> {
  const { rows } = await sql<{ task: string; payload: unknown }>`
    select job.task_identifier as task, body.payload from graphile_worker.jobs job
    join graphile_worker._private_jobs body on body.id = job.id order by job.id`.execute(fresh.db);
  const { clock } = buildContext(fresh.db);
  const later = sql<Date>`(${clock.sql} + ${hoursLater} * interval '1 hour')`;
  const now = async () => new Date(Date.now() + hoursLater * 3_600_000);
  const place = { db: fresh.db, clock: { ...clock, now, sql: later }, log: pino({ level: "silent" }) };
  const results: PromiseSettledResult<void>[] = [];
  for (const { task, payload } of rows) {
    const job = jobs.find(({ name }) => name === task);
    if (job !== undefined) results.push(...(await Promise.allSettled([performJob(job, payload, place)])));
  }
  return results;
}

const recipients = ({ mails }: MailSink) => mails.flatMap(({ to }) => to).toSorted();
const mailsTo = ({ mails }: MailSink, address: string) => mails.filter(({ to }) => to.includes(address));

test("each confirmed address gets its own mail in the account's language, and no address sees another", async () => {
  const sink = await setUpMail();
  const { context, owner } = await story(["books@firm.test", "chef@firm.test", "new@firm.test"], 2);
  await sql`update account set language = 'sv' where id = ${context.accountId}`.execute(fresh.db);
  await cross(context);
  await work();
  expect(recipients(sink)).toEqual(["books@firm.test", "chef@firm.test", owner].toSorted());
  const said = mailsTo(sink, "books@firm.test").map(({ from, raw, headers, body }) => ({
    from,
    to: headers.get("to"),
    subject: headers.get("subject"),
    language: headers.get("content-language"),
    kind: headers.get("auto-submitted"),
    seesOthers: raw.includes("chef@firm.test"),
    missing: [
      "76 marknadsföringskontakter räknas nu, av 100. Det finns plats för 24 till.",
      "https://crm.example.test/billing?tab=usage",
      "https://crm.example.test/billing?tab=contacts",
      "Norr & Söder",
    ].filter((words) => !body.includes(words)),
  }));
  expect(said).toEqual([
    {
      from: "headroom@sender.test",
      to: "books@firm.test",
      subject: "Användningen har passerat 75 % av kontaktgränsen",
      language: "sv",
      kind: "auto-generated",
      seesOthers: false,
      missing: [],
    },
  ]);
  const messageIds = sink.mails.map(({ headers }) => headers.get("message-id"));
  expect(new Set(messageIds).size).toBe(3);
});

test("an address that was removed before its mail went out gets none, nor does another account's", async () => {
  const sink = await setUpMail();
  const { context, owner, ids } = await story(["gone@firm.test", "stays@firm.test"]);
  await story(["other@elsewhere.test"]);
  await cross(context);
  await removeContact(context, { id: ids[0] ?? "" });
  await work();
  expect(recipients(sink)).toEqual([owner, "stays@firm.test"].toSorted());
});

test("a server that is busy is asked again with the same message; one that refuses is not", async () => {
  let isBusy = true;
  const sink = await setUpMail({
    refuse: (recipient) => {
      if (recipient === "busy@firm.test" && isBusy) return { code: 451, words: "try later" };
      return recipient === "nobody@firm.test" ? { code: 550, words: "no such user" } : undefined;
    },
  });
  const { context } = await story(["busy@firm.test", "nobody@firm.test"]);
  await cross(context);
  const first = await work();
  expect(first.filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect(mailsTo(sink, "busy@firm.test")).toEqual([]);
  isBusy = false;
  expect((await work()).every(({ status }) => status === "fulfilled")).toBe(true);
  await work();
  // Sent twice by this test on purpose: receivers know it by its identifier.
  const ids = mailsTo(sink, "busy@firm.test").map(({ headers }) => headers.get("message-id"));
  expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  expect(mailsTo(sink, "nobody@firm.test")).toEqual([]);
});

test("what could not be handed over for three days is given up", async () => {
  await setUpMail({ refuse: () => ({ code: 451, words: "try later" }) });
  const { context } = await story(["busy@firm.test"]);
  await cross(context);
  expect((await work()).every(({ status }) => status === "rejected")).toBe(true);
  expect((await work(73)).every(({ status }) => status === "fulfilled")).toBe(true);
});

test("news without urgency stays in the app", async () => {
  const sink = await setUpMail();
  const { context } = await story(["books@firm.test"]);
  await cross(context);
  await done();
  await cross(context, 10);
  await work();
  expect(sink.mails).toEqual([]);
});
