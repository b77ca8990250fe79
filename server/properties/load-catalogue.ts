import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";
import { text } from "#server/platform/texts.ts";
import { type BuiltInProperty, builtInGroups, builtInProperties } from "./built-in-properties.ts";
import {
  type Catalogue,
  MAX_TEXT,
  type Property,
  type PropertyGroup,
  type PropertyOption,
} from "./property.ts";
import { listCustomProperties, listGroups, listMembers } from "./queries.ts";

/** All properties of the account that are in use, labelled in the actor's language. */
export async function loadCatalogue(context: Context): Promise<Catalogue> {
  const [custom, owners] = [
    await listCustomProperties(context, { archived: false }),
    await listMembers(context),
  ];
  const { language } = context.actor;
  const builtIn = builtInProperties.map((property, order) => describe(property, { language, order, owners }));
  return new Map([...builtIn, ...custom].map((property) => [property.name, property]));
}

/** Built-in groups first, then the account's own. */
export async function loadGroups(context: Context): Promise<PropertyGroup[]> {
  const builtIn = builtInGroups.map((name, displayOrder) => ({
    name,
    label: text(context.actor.language, `properties:group.${name}`),
    builtIn: true,
    displayOrder,
  }));
  return [...builtIn, ...(await listGroups(context))];
}

interface Description {
  readonly language: Language;
  readonly order: number;
  readonly owners: readonly PropertyOption[];
}

function describe(property: BuiltInProperty, { language, order, owners }: Description): Property {
  return {
    name: property.name,
    label: text(language, `properties:built_in.${property.name}`),
    description: "",
    groupName: property.groupName,
    type: property.type,
    fieldType: property.fieldType,
    options: property.name === "hubspot_owner_id" ? owners : options(property, language),
    readOnly: property.readOnly ?? false,
    hasUniqueValue: property.name === "email" || property.name === "hs_object_id",
    builtIn: true,
    maxLength: property.maxLength ?? MAX_TEXT,
    displayOrder: order,
  };
}

function options({ name, options = [] }: BuiltInProperty, language: Language): PropertyOption[] {
  const label =
    optionLabels[name] ?? ((value: string) => text(language, `properties:option.${name}.${value}`));
  return options.map((value) => ({ value, label: label(value, language), hidden: false }));
}

/** Options whose labels are no texts of ours. */
const optionLabels: Record<string, (value: string, language: Language) => string> = {
  hs_language: (value, language) => capitalised(languageNames[language].of(value) ?? value, language),
  numemployees: (value) => value.replace("-", "–"),
};

const languageNames: Record<Language, Intl.DisplayNames> = {
  en: new Intl.DisplayNames("en", { type: "language" }),
  sv: new Intl.DisplayNames("sv", { type: "language" }),
  pl: new Intl.DisplayNames("pl", { type: "language" }),
};

function capitalised(name: string, language: Language): string {
  return name.slice(0, 1).toLocaleUpperCase(language) + name.slice(1);
}
