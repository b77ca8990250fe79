import { randomBytes } from "node:crypto";
import { listRoles } from "#server/accounts/roles/list-roles.ts";
import { createToken } from "#server/accounts/tokens/create-token.ts";
import { acceptInvitation, getInvitation } from "#server/accounts/users/accept-invitation.ts";
import { inviteUser, revokeInvitation } from "#server/accounts/users/invite-user.ts";
import { setUpAccount } from "#server/billing/set-up-account.ts";
import { createView } from "#server/contacts/views/save-view.ts";
import { fixedClock } from "#server/platform/clock.ts";
import { type Actor, type Context, inTransaction } from "#server/platform/context.ts";
import { createPropertyGroup } from "#server/properties/change-property-groups.ts";
import { createProperty } from "#server/properties/create-property.ts";
import { activities, polishCustomers } from "./names.ts";
import type { Moments } from "./periods.ts";
import { PERIODS } from "./periods.ts";
import { findUserId } from "./queries.ts";

export const DEMO_ACCOUNT = "Fernhill Outdoor";
export const DEMO_ZONE = "Europe/Stockholm";
/** Where the account began, and where it came to. */
const FIRST_LIMIT = 2_000;
export const CONTACT_LIMIT = 7_000;

/** Who does things in the account's history. */
export interface Team {
  readonly accountId: string;
  /** Whose login the demo makes. */
  readonly marta: Actor;
  readonly jonas: Actor;
  /** Who answers for the bill. */
  readonly karin: Actor;
  /** The shop's program. */
  readonly shop: Actor;
}

interface Login {
  readonly email: string;
  readonly password: string;
}

/** The account as it was on its first day: billing, people, properties, a token, a view. */
export function setUpDemo(context: Context, login: Login, at: Moments): Promise<Team> {
  return inTransaction(context, async (context) => {
    const begun = { ...context, clock: fixedClock(at(-PERIODS, 0.05)) };
    const { accountId, userId } = await setUpAccount(begun, {
      ...login,
      name: "Marta Lindqvist",
      account: DEMO_ACCOUNT,
      language: context.actor.language,
      timeZone: DEMO_ZONE,
      counting: "vendor",
      plan: "professional",
      term: "yearly",
      renewal: `${at(0, 0).getUTCFullYear()}-02-01`,
      tier: FIRST_LIMIT,
      currency: "EUR",
      policy: "hold",
      maximum: null,
      marketingContacts: true,
    });
    const marta: Actor = { ...context.actor, type: "user", id: userId, timeZone: DEMO_ZONE, operator: false };
    const inAccount = { ...begun, accountId, actor: marta };
    const jonas = await addColleague(inAccount, {
      name: "Jonas Ek",
      email: "jonas.ek@fernhill.test",
      role: "marketing",
    });
    const karin = await addColleague(inAccount, {
      name: "Karin Åhlund",
      email: "karin.ahlund@fernhill.test",
      role: "billing",
    });
    await describeContacts(inAccount);
    const permissions = ["contacts.view", "contacts.edit", "marketing-contacts.edit"] as const;
    const { id } = await createToken(inAccount, { name: "Shoply", permissions });
    return { accountId, marta, jonas, karin, shop: { ...marta, type: "token", id } };
  });
}

interface Colleague {
  readonly name: string;
  readonly email: string;
  readonly role: string;
}

/** A login that nobody has the password of. One that is there from an earlier demo stays out of this account. */
async function addColleague(context: Context, { name, email, role }: Colleague): Promise<Actor> {
  const { roles } = await listRoles(context);
  const roleId = roles.find(({ key }) => key === role)?.id ?? "";
  const { id, path } = await inviteUser(context, { email, roleId });
  const token = path.split("#")[1] ?? "";
  const { hasLogin } = await getInvitation(context, { token });
  if (hasLogin) {
    await revokeInvitation(context, { id });
    return context.actor;
  }
  const password = randomBytes(24).toString("base64url");
  await acceptInvitation(context, { token, password, name, timeZone: DEMO_ZONE, address: "127.0.0.1" });
  return { ...context.actor, id: await findUserId(context, email) };
}

/** What an outdoor shop wants to know besides the built-in properties. */
async function describeContacts(context: Context): Promise<void> {
  const { name: groupName } = await createPropertyGroup(context, { label: "Outdoor" });
  const shared = { description: "", groupName, hasUniqueValue: false };
  await createProperty(context, {
    ...shared,
    name: "favourite_activity",
    label: "Favourite activity",
    type: "enumeration",
    fieldType: "select",
    options: activities.map((activity) => ({
      value: activity.toLowerCase(),
      label: activity,
      hidden: false,
    })),
  });
  await createProperty(context, {
    ...shared,
    type: "string",
    fieldType: "text",
    options: [],
    name: "dealer_number",
    label: "Dealer number",
    hasUniqueValue: true,
  });
  await createView(context, {
    name: "Dealers in Poland",
    shared: true,
    filter: polishCustomers,
    columns: null,
    sort: null,
  });
}
