import { afterEach, expect, test } from "vitest";
import { type MailSink, startMailSink } from "#test/outside.ts";
import { closeMail, type Letter, sendMail, tryMail } from "./mail.ts";
import { isRefusedAddress, resolveMailHost } from "./mail-host.ts";

let sink: MailSink | undefined;
afterEach(async () => {
  closeMail();
  await sink?.close();
});

async function start(...options: Parameters<typeof startMailSink>): Promise<MailSink> {
  sink = await startMailSink(...options);
  return sink;
}

const letter: Letter = {
  to: "åsa@reader.test",
  subject: "Gränsen är nådd",
  text: "1 000 av 1 000",
  html: "<p>1 000 av 1 000</p>",
  messageId: "notice-1-7",
  list: "notices",
  language: "sv",
};

test("a letter arrives in both forms, with headers that say what it is", async () => {
  const { server, mails } = await start();
  expect(await sendMail(server(), letter)).toMatchObject({ outcome: "sent" });
  const [mail] = mails;
  expect(mail?.from).toBe("headroom@sender.test");
  expect(mail?.to).toEqual(["åsa@reader.test"]);
  expect(mail?.headers.get("subject")).toBe("Gränsen är nådd");
  expect(mail?.headers.get("message-id")).toBe("<notice-1-7@sender.test>");
  expect(mail?.headers.get("auto-submitted")).toBe("auto-generated");
  expect(mail?.headers.get("list-id")).toBe("<notices.headroom.sender.test>");
  expect(mail?.headers.get("content-language")).toBe("sv");
  expect(mail?.body).toContain("1 000 av 1 000");
  expect(mail?.body).toContain("<p>");
});

test("several letters share a connection, and each attempt has the same Message-ID", async () => {
  const { server, mails } = await start();
  for (let time = 0; time < 3; time++) await sendMail(server(), letter);
  expect(new Set(mails.map(({ headers }) => headers.get("message-id")))).toEqual(
    new Set(["<notice-1-7@sender.test>"]),
  );
});

test("letters that begin at once all arrive, also while the settings change", async () => {
  const { server, mails } = await start();
  const senders = ["one", "one", "one", "two", "two", "one"];
  const sent = senders.map((fromName) => sendMail(server({ fromName }), letter));
  expect((await Promise.all(sent)).map(({ outcome }) => outcome)).toEqual(senders.map(() => "sent"));
  expect(mails).toHaveLength(senders.length);
});

test.for([
  "two@reader.test, three@reader.test",
  "Ada <ada@reader.test>",
  "ada@reader.test\r\nBcc: eve@reader.test",
  "ada@reader.test>",
  "group:ada@reader.test;",
  "",
])("%j is no recipient", async (to) => {
  const { server, mails } = await start();
  expect(await sendMail(server(), { ...letter, to })).toMatchObject({
    outcome: "refused",
    trouble: "recipient",
  });
  expect(mails).toEqual([]);
});

test("no value becomes a header", async () => {
  const { server, mails } = await start();
  const attack = "Hello\r\nBcc: eve@reader.test\r\n\r\nbody";
  await sendMail(server({ fromName: attack }), { ...letter, subject: attack });
  const [mail] = mails;
  expect(mail?.headers.has("bcc")).toBe(false);
  expect(mail?.to).toEqual([letter.to]);
  expect(mail?.headers.get("subject")).toBe("Hello Bcc: eve@reader.test body");
});

test("a recipient that does not exist is final, a full mailbox is not", async () => {
  const { server, mails } = await start({
    refuse: (recipient, attempt) => {
      if (recipient.startsWith("nobody")) return { code: 550, words: "5.1.1 no such user" };
      return attempt === 2 ? { code: 452, words: "4.2.2 mailbox full" } : undefined;
    },
  });
  const gone = await sendMail(server(), { ...letter, to: "nobody@reader.test" });
  expect(gone).toEqual({ outcome: "refused", trouble: "recipient", answer: "550 5.1.1 no such user" });
  const full = await sendMail(server(), letter);
  expect(full).toEqual({ outcome: "later", trouble: "recipient", answer: "452 4.2.2 mailbox full" });
  expect(await sendMail(server(), letter)).toMatchObject({ outcome: "sent" });
  expect(mails).toHaveLength(1);
});

test("the user name and password are used, and wrong ones can be put right", async () => {
  const login = { username: "ada", password: "p@ss word" };
  const { server, mails } = await start({ login });
  const wrong = await sendMail(server({ password: "other" }), letter);
  expect(wrong).toMatchObject({ outcome: "later", trouble: "login" });
  expect(await sendMail(server(), letter)).toMatchObject({ outcome: "sent" });
  expect(mails).toHaveLength(1);
});

test.for(["tls", "starttls"] as const)(
  "with %s a certificate nobody vouches for gets no mail",
  async (security) => {
    const { server, mails } = await start({ security });
    expect(await tryMail(server(), letter)).toMatchObject({ outcome: "later", trouble: "tls" });
    expect(mails).toEqual([]);
  },
);

test("a server that cannot do STARTTLS gets nothing in the clear", async () => {
  const { server, mails } = await start({ security: "none" });
  expect(await tryMail(server({ security: "starttls" }), letter)).toMatchObject({
    outcome: "later",
    trouble: "tls",
  });
  expect(mails).toEqual([]);
});

test("nobody there, and a name that does not exist, may be there later", async () => {
  const { server, close } = await start();
  await close();
  expect(await tryMail(server(), letter)).toMatchObject({ outcome: "later", trouble: "unreachable" });
  expect(await tryMail(server({ host: "nowhere.invalid" }), letter)).toMatchObject({
    outcome: "later",
    trouble: "not_found",
  });
});

test("a server that falls silent is given up", { timeout: 10_000 }, async () => {
  const { server } = await start({ hang: true });
  expect(await sendMail(server(), letter, { silenceMs: 300 })).toMatchObject({
    outcome: "later",
    trouble: "timeout",
  });
});

test.for([
  "169.254.169.254",
  "::ffff:169.254.169.254",
  "fe80::1",
  "fd00:ec2::254",
  "100.100.100.200",
  "0.0.0.0",
  "::",
  "64:ff9b::a9fe:a9fe",
  "2002:a9fe:a9fe::",
  "255.255.255.255",
])("%s is no mail server", async (address) => {
  expect(isRefusedAddress(address)).toBe(true);
  const { server } = await start();
  expect(await sendMail(server({ host: address }), letter)).toMatchObject({
    outcome: "later",
    trouble: "host_refused",
  });
});

test.for(["127.0.0.1", "::1", "10.1.2.3", "192.168.1.1", "fd12:3456::1", "198.51.100.7"])(
  "%s may be a relay of the operator's",
  (address) => {
    expect(isRefusedAddress(address)).toBe(false);
  },
);

test("other ways to write an address are the address", async () => {
  await expect(resolveMailHost("0xa9fea9fe")).rejects.toMatchObject({ reason: "mail:host_refused" });
  await expect(resolveMailHost("[::ffff:a9fe:a9fe]")).rejects.toMatchObject({ reason: "mail:host_refused" });
  expect(await resolveMailHost("127.1")).toEqual(["127.0.0.1"]);
});
