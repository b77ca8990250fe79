import { TextInput, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { propertiesQuery } from "../../filters/use-filter-fields.ts";
import type { Property } from "../../properties/property-field.tsx";
import { icon } from "../../ui/icons.ts";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import type { Contact } from "./contact-queries.ts";
import { EmailAddresses } from "./email-addresses.tsx";
import { InlineProperty } from "./inline-property.tsx";
import classes from "./record.module.css";

/** Shown before "All" is asked for, with or without a value. */
const usual = new Set([
  "email",
  "phone",
  "company",
  "jobtitle",
  "city",
  "country",
  "lifecyclestage",
  "hubspot_owner_id",
  "hs_marketable_status",
  "hs_marketable_until_renewal",
  "hs_email_optout",
]);

/** Every property under its group, edited where it stands; found by typing. */
export function PropertiesColumn({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation("contact");
  const catalogue = useQuery(propertiesQuery);
  const [all, setAll] = useState(false);
  const [words, setWords] = useState("");
  if (!catalogue.data)
    return catalogue.isError ? (
      <ErrorState error={catalogue.error} onRetry={() => void catalogue.refetch()} />
    ) : (
      <LoadingRows rows={8} />
    );
  const { properties, groups } = catalogue.data;
  const found = properties.filter((property) => isShown(property, { all, words, contact }));
  return (
    <>
      <div className={classes["bar"]}>
        <h2>{t("properties.title")}</h2>
        <UnstyledButton className={classes["link"]} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("properties.fewer") : t("properties.all", { count: properties.length })}
        </UnstyledButton>
      </div>
      {all && (
        <TextInput
          aria-label={t("properties.search")}
          placeholder={t("properties.search")}
          leftSection={<IconSearch {...icon} />}
          value={words}
          mb="sm"
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      {groups.map(({ name, label }) => (
        <Group
          key={name}
          label={label}
          contact={contact}
          properties={found.filter(({ groupName }) => groupName === name)}
        />
      ))}
      {found.length === 0 && <p className={classes["empty"]}>{t("properties.nothing")}</p>}
    </>
  );
}

interface GroupProps {
  readonly label: string;
  readonly contact: Contact;
  readonly properties: readonly Property[];
}

function Group({ label, contact, properties }: GroupProps) {
  if (properties.length === 0) return null;
  return (
    <section className={classes["group"]} aria-label={label}>
      <h3>{label}</h3>
      <dl>
        {properties.map((property) =>
          property.name === "email" ? (
            <EmailAddresses key={property.name} contact={contact} label={property.label} />
          ) : (
            <InlineProperty key={property.name} contact={contact} property={property} />
          ),
        )}
      </dl>
    </section>
  );
}

interface Asked {
  readonly all: boolean;
  readonly words: string;
  readonly contact: Contact;
}

function isShown(property: Property, { all, words, contact }: Asked): boolean {
  if (!all) {
    const own = !property.builtIn && contact.properties[property.name] !== null;
    return usual.has(property.name) || own;
  }
  const wanted = plain(words);
  return plain(property.label).includes(wanted) || property.name.includes(wanted);
}

/** Without case and accents, as people type. */
function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
}
