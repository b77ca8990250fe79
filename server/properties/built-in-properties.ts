import { bounceReasons } from "#contract/subscriptions.ts";
import type { FieldType, PropertyType } from "./property.ts";

/** A property every account has. Its label and those of its options are texts, `properties:built_in.<name>`. */
export interface BuiltInProperty {
  readonly name: string;
  readonly type: PropertyType;
  readonly fieldType: FieldType;
  readonly groupName: BuiltInGroup;
  /** Where it lives: a column of `contact`, or elsewhere (see property-sql.ts). */
  readonly column: string | null;
  /** Values in the order screens show them; labels are texts, names of languages, or names of people. */
  readonly options?: readonly string[];
  readonly readOnly?: true;
  readonly maxLength?: number;
}

export const builtInGroups = [
  "contactinformation",
  "salesinformation",
  "marketinginformation",
  "emailinformation",
  "recordinformation",
] as const;
type BuiltInGroup = (typeof builtInGroups)[number];

const lifecycleStages = [
  "subscriber",
  "lead",
  "marketingqualifiedlead",
  "salesqualifiedlead",
  "opportunity",
  "customer",
  "evangelist",
  "other",
];
const leadStatuses = [
  "NEW",
  "OPEN",
  "IN_PROGRESS",
  "OPEN_DEAL",
  "UNQUALIFIED",
  "ATTEMPTED_TO_CONTACT",
  "CONNECTED",
  "BAD_TIMING",
];
const employeeRanges = ["1-5", "5-25", "25-50", "50-100", "100-500", "500-1000", "1000+"];
/** Codes as integrations write them; their labels come from Intl.DisplayNames. */
const languageCodes = (
  "af ar-eg ar bg bn ca cs cy da de de-at de-ch de-de el en en-au en-ca en-gb en-ie en-in en-nz en-us en-za es " +
  "es-ar es-cl es-co es-es es-mx et eu fa fi fil fr fr-be fr-ca fr-ch fr-fr ga gl gu he he-il hi hr hu hy id is it " +
  "it-ch it-it ja ka kk ko ko-kr lt lv mk ml mr ms mt nb nb-no ne nl nl-be nl-nl nn no no-no pa pl pl-pl pt pt-br " +
  "pt-pt ro ro-ro ru ru-ru sk sl sq sr sv sv-fi sv-se sw ta te th tl tr uk ur vi zh zh-cn zh-hk zh-tw"
).split(" ");
export const hardBounceReasons = bounceReasons.map((reason) => reason.toUpperCase());
const recordSources = [
  "CRM_UI",
  "IMPORT",
  "FORM",
  "CONVERSATIONS",
  "INTEGRATION",
  "API",
  "COMMAND_LINE",
  "SAMPLE",
];
const statusSources = [
  "AD",
  "CONTACT_IMPORT",
  "CONVERSATION",
  "FORM_SUBMISSION",
  "INITIAL_STATE",
  "INTEGRATOR_SET",
  "USER_SET",
  "WORKFLOW",
  "EMAIL",
  "SAMPLE_CONTACT",
  "FEEDBACK_SUBMISSION",
];
const yesOrNo = ["true", "false"];

/** Column of its own name, entered as text, in the first group, unless said otherwise. */
function text(name: string, more: Partial<BuiltInProperty> = {}): BuiltInProperty {
  return {
    name,
    type: "string",
    fieldType: "text",
    groupName: "contactinformation",
    column: name,
    ...more,
  };
}

function choice(
  name: string,
  options: readonly string[],
  more: Partial<BuiltInProperty> = {},
): BuiltInProperty {
  return text(name, { type: "enumeration", fieldType: "select", options, ...more });
}

function moment(name: string, groupName: BuiltInGroup): BuiltInProperty {
  return text(name, { type: "datetime", fieldType: "date", groupName, readOnly: true });
}

const marketing = { groupName: "marketinginformation", column: null, readOnly: true } as const;
const phone = { fieldType: "phonenumber" } as const;
const short = { maxLength: 100 } as const;

/** The names HubSpot integrations use, in the order the record page shows them. */
export const builtInProperties: readonly BuiltInProperty[] = [
  text("email", { maxLength: 254 }),
  text("firstname"),
  text("lastname"),
  text("salutation"),
  text("phone", phone),
  text("mobilephone", phone),
  text("fax", phone),
  text("company"),
  text("jobtitle"),
  text("industry", short),
  text("website"),
  text("twitterhandle"),
  text("address"),
  text("city", short),
  text("state", short),
  text("zip"),
  text("country", short),
  choice("hs_language", languageCodes),
  choice("lifecyclestage", lifecycleStages, { groupName: "salesinformation", fieldType: "radio" }),
  choice("hs_lead_status", leadStatuses, { groupName: "salesinformation", fieldType: "radio" }),
  choice("hubspot_owner_id", [], { groupName: "salesinformation" }),
  choice("numemployees", employeeRanges, { groupName: "salesinformation" }),
  text("annualrevenue", { type: "number", fieldType: "number", groupName: "salesinformation" }),
  choice("hs_marketable_status", yesOrNo, { ...marketing, fieldType: "booleancheckbox" }),
  choice("hs_marketable_until_renewal", yesOrNo, { ...marketing, fieldType: "booleancheckbox" }),
  choice("hs_marketable_reason_type", statusSources, marketing),
  text("hs_marketable_reason_id", marketing),
  text("hs_email_optout", { ...marketing, type: "bool", fieldType: "booleancheckbox" }),
  choice("hs_email_hard_bounce_reason_enum", hardBounceReasons, marketing),
  moment("hs_email_last_send_date", "emailinformation"),
  moment("hs_email_last_open_date", "emailinformation"),
  moment("hs_email_last_click_date", "emailinformation"),
  moment("recent_conversion_date", "emailinformation"),
  text("hs_additional_emails", { groupName: "emailinformation", column: null, readOnly: true }),
  choice("hs_object_source", recordSources, { groupName: "recordinformation", readOnly: true }),
  text("hs_merged_object_ids", { groupName: "recordinformation", readOnly: true }),
  moment("createdate", "recordinformation"),
  moment("lastmodifieddate", "recordinformation"),
  text("hs_object_id", {
    type: "number",
    fieldType: "number",
    groupName: "recordinformation",
    column: "id",
    readOnly: true,
  }),
];

const byName = new Map(builtInProperties.map((property) => [property.name, property]));

export function builtInProperty(name: string): BuiltInProperty | undefined {
  return byName.get(name);
}
