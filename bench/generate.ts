import type pg from "pg";

export interface Generation {
  readonly contacts: number;
  readonly timeZone?: string;
}

/** The custom properties of generated contacts; with the built-in ones every contact has some 30 values. */
const CUSTOM = [
  ["loyalty_points", "number", "number"],
  ["newsletter_topic", "enumeration", "select"],
  ["birthday", "date", "date"],
  ["vip", "bool", "booleancheckbox"],
  ["first_purchase", "date", "date"],
  ["purchases", "number", "number"],
  ["favourite_shop", "string", "text"],
  ["interests", "enumeration", "checkbox"],
] as const;

/** Deterministic and spread out: the n-th of some values for contact i, without two columns moving together. */
const pick = (values: string, salt: number) =>
  `(${values})[1 + (abs(hashint8extended(i, ${salt})) % array_length(${values}, 1))::int]`;
const chance = (percent: number, salt: number) => `abs(hashint8extended(i, ${salt})) % 100 < ${percent}`;
const ago = (days: number, salt: number) =>
  `(now() - ((abs(hashint8extended(i, ${salt})) % (${days} * 86400)) || ' seconds')::interval)`;
const sometimes = (percent: number, salt: number, expression: string) =>
  `case when ${chance(percent, salt)} then ${expression} end`;

const FIRST = `array['Anna','Łukasz','Åsa','Jonathan','Maria','Piotr','Erik','Zofia','Karin','Damian','Björn','Małgorzata','Lena','Filip','Iga','Hugo','Sofia','Jan','Ewa','Oskar']`;
const LAST = `array['Andersson','Kowalski','Öhrn','Zieliński','Nilsson','Wiśniewska','Ljungqvist','Mbeki','Sandelin','Marchetti','Asante','Łaszcz','Virtanen','Holm','Nowak','Berg','Lind','Dąbrowski','Ek','Ström']`;
const CITY = `array['Stockholm','Göteborg','Malmö','Uppsala','Kraków','Łódź','Warszawa','Gdańsk','Helsinki','Oslo','København','Berlin','Wien','Praha','Lund','Umeå','Poznań','Wrocław','Turku','Bergen']`;
const COUNTRY = `array['Sweden','Sweden','Sweden','Poland','Poland','Finland','Norway','Denmark','Germany','Austria']`;
const STAGE = `array['subscriber','lead','lead','marketingqualifiedlead','salesqualifiedlead','opportunity','customer','customer','evangelist','other']`;
const LEAD = `array['NEW','OPEN','IN_PROGRESS','CONNECTED','BAD_TIMING']`;
const SYLLABLE = `array['ko','ra','lin','berg','sta','mi','no','vel','dor','ka','tis','an','el','fors','by','gra','so','wic','hal','ton']`;
const word = (salt: number) =>
  `${pick(SYLLABLE, salt)} || ${pick(SYLLABLE, salt + 1)} || ${pick(SYLLABLE, salt + 2)}`;

const COLUMNS: Record<string, string> = {
  email: `lower(fold(${pick(FIRST, 1)}) || '.' || ${word(40)} || i || '@' || ${word(60)} || '.test')`,
  firstname: pick(FIRST, 1),
  lastname: `case when ${chance(50, 2)} then ${pick(LAST, 3)} else initcap(${word(40)}) end`,
  salutation: sometimes(30, 4, `'Dr'`),
  phone: `'+46 70 ' || lpad((abs(hashint8extended(i, 5)) % 10000000)::text, 7, '0')`,
  mobilephone: sometimes(20, 6, `'+48 ' || (500000000 + abs(hashint8extended(i, 7)) % 99999999)`),
  company: `initcap(${word(80)}) || ' ' || ${pick(`array['AB','Sp. z o.o.','GmbH','Oy','AS']`, 8)}`,
  jobtitle: pick(`array['Buyer','Head of sales','Engineer','Teacher','Owner','Accountant']`, 9),
  industry: pick(`array['Retail','Manufacturing','Education','Health','Public sector','Transport']`, 10),
  website: `'https://' || ${word(60)} || '.test'`,
  address: `initcap(${word(100)}) || 'gatan ' || (1 + abs(hashint8extended(i, 11)) % 99)`,
  city: pick(CITY, 12),
  state: pick(CITY, 13),
  zip: `lpad((abs(hashint8extended(i, 14)) % 99999)::text, 5, '0')`,
  country: pick(COUNTRY, 15),
  numemployees: pick(`array['1-5','5-25','25-50','50-100','100-500']`, 16),
  annualrevenue: `(abs(hashint8extended(i, 17)) % 10000000)::numeric`,
  hs_language: pick(`array['sv','pl','en','fi','de']`, 18),
  lifecyclestage: pick(STAGE, 19),
  hs_lead_status: sometimes(60, 20, pick(LEAD, 21)),
  hs_email_last_send_date: sometimes(60, 22, ago(400, 23)),
  hs_email_last_open_date: sometimes(40, 24, ago(700, 25)),
  hs_email_last_click_date: sometimes(15, 26, ago(700, 27)),
  recent_conversion_date: sometimes(30, 28, ago(900, 29)),
  hs_object_source: pick(`array['IMPORT','IMPORT','FORM','CRM_UI','API']`, 30),
  createdate: ago(1500, 31),
  lastmodifieddate: "now()",
  custom: `jsonb_strip_nulls(jsonb_build_object('loyalty_points', abs(hashint8extended(i, 32)) % 5000,
    'newsletter_topic', ${pick(`array['bikes','shoes','tents','skis']`, 33)},
    'birthday', (date '1950-01-01' + (abs(hashint8extended(i, 34)) % 20000)::int)::text, 'vip', ${chance(5, 35)},
    'first_purchase', ${sometimes(50, 36, `(date '2015-01-01' + (abs(hashint8extended(i, 37)) % 4000)::int)::text`)},
    'purchases', abs(hashint8extended(i, 38)) % 60, 'favourite_shop', ${pick(CITY, 39)},
    'interests', ${pick(`array['road','trail','road;trail','city','trail;city']`, 40)}))`,
};

/**
 * Fills a new account with believable contacts of some 30 values each: 30 % marketing, 3 % of those waiting, 5 % with a
 * fact that protects them; ledger and tally agree with that. Writes as the tables' owner. Returns the account's id.
 */
export async function generateContacts(
  owner: pg.Pool,
  { contacts, timeZone = "Europe/Stockholm" }: Generation,
): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into account (name, time_zone, language, created_at) values ('Bench ' || clock_timestamp(), $1, 'en', now()) returning id`,
    [timeZone],
  );
  const accountId = rows[0]?.id ?? "";
  await generateProperties(owner, accountId);
  const [names, values] = [Object.keys(COLUMNS).join(", "), Object.values(COLUMNS).join(", ")];
  for (let done = 0; done < contacts; done += 50_000) {
    await owner.query(
      `insert into contact (account_id, ${names}) select $1::bigint, ${values} from generate_series($2::bigint, $3::bigint) as i`,
      [accountId, done + 1, Math.min(done + 50_000, contacts)],
    );
  }
  await generateFacts(owner, accountId);
  for (const table of [
    "contact",
    "contact_email",
    "marketing_contact",
    "marketing_change",
    "subscription_fact",
  ]) {
    await owner.query(`vacuum analyze ${table}`);
  }
  return accountId;
}

async function generateProperties(owner: pg.Pool, accountId: string): Promise<void> {
  for (const [name, type, fieldType] of CUSTOM) {
    await owner.query(
      `insert into property (account_id, name, label, group_name, type, field_type, created_at, updated_at)
        values ($1, $2, $2, 'contactinformation', $3, $4, now(), now())`,
      [accountId, name, type, fieldType],
    );
  }
}

async function generateFacts(owner: pg.Pool, accountId: string): Promise<void> {
  const statements = [
    `insert into contact_email (account_id, email_key, contact_id, email, is_primary, created_at)
      select account_id, email, id, email, true, createdate from contact where account_id = $1 order by email`,
    `insert into marketing_contact (account_id, contact_id, since, until, source_type, actor_type)
      select account_id, id, createdate, case when id % 100 = 0 then now() + interval '20 days' else 'infinity' end,
        'CONTACT_IMPORT', 'system' from contact where account_id = $1 and id % 10 in (0, 3, 6) order by id`,
    `insert into marketing_change (account_id, contact_id, kind, until_after, recorded_at, effective_at, delta,
        source_type, actor_type)
      select account_id, contact_id, 'set_marketing', until, since, since, 1, source_type, actor_type
      from marketing_contact where account_id = $1`,
    `insert into usage_tally (account_id, until, slot, contacts)
      select account_id, until, 0, count(*) from marketing_contact where account_id = $1 group by 1, 2`,
    `insert into subscription_fact (account_id, contact_id, kind, at, reason, source_type, actor_type, protects)
      select account_id, id, case when id % 40 = 0 then 'bounce' else 'opt_out' end, now(), '', 'EMAIL', 'system', true
      from contact where account_id = $1 and id % 20 = 0`,
  ];
  for (const statement of statements) await owner.query(statement, [accountId]);
}
