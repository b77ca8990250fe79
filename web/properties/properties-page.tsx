import { Button, TextInput } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SettingsPage } from "../accounts/settings-page.tsx";
import type { Reply } from "../api.ts";
import { propertiesQuery } from "../filters/use-filter-fields.ts";
import { useMe } from "../session.ts";
import { GuardedButton, MissingPermission } from "../ui/guarded-button.tsx";
import { icon } from "../ui/icons.ts";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import { ArchivedRows } from "./archived-rows.tsx";
import { type Group, GroupPanel } from "./group-panel.tsx";
import classes from "./properties.module.css";
import type { Property } from "./property-field.tsx";
import { PropertyPanel } from "./property-panel.tsx";
import { PropertyRows } from "./property-rows.tsx";

type Catalogue = Reply<"GET /api/properties">;

/** Settings > Properties: what is stored about a contact. */
export function PropertiesPage() {
  const { t } = useTranslation("properties");
  const { can } = useMe();
  const [editing, setEditing] = useState<Property | "new" | null>(null);
  const [group, setGroup] = useState<Group | "new" | null>(null);
  const catalogue = useQuery(propertiesQuery);
  const create = (
    <>
      <GuardedButton permission="properties.edit" variant="default" onClick={() => setGroup("new")}>
        {t("group.new")}
      </GuardedButton>
      <GuardedButton
        permission="properties.edit"
        leftSection={<IconPlus {...icon} />}
        onClick={() => setEditing("new")}
      >
        {t("new")}
      </GuardedButton>
    </>
  );
  return (
    <SettingsPage page="properties" actions={create}>
      {!can("properties.edit") && (
        <Note>
          <MissingPermission permission="properties.edit" />
        </Note>
      )}
      {catalogue.isError && <ErrorState error={catalogue.error} onRetry={() => void catalogue.refetch()} />}
      {catalogue.isPending && <LoadingRows rows={8} />}
      {catalogue.data && <Groups catalogue={catalogue.data} onEdit={setEditing} onGroup={setGroup} />}
      <PropertyPanel
        property={editing}
        groups={catalogue.data?.groups ?? []}
        onClose={() => setEditing(null)}
      />
      <GroupPanel group={group} onClose={() => setGroup(null)} />
    </SettingsPage>
  );
}

interface GroupsProps {
  readonly catalogue: Catalogue;
  readonly onEdit: (property: Property) => void;
  readonly onGroup: (group: Group) => void;
}

function Groups({ catalogue, onEdit, onGroup }: GroupsProps) {
  const { t } = useTranslation("properties");
  const { can } = useMe();
  const [words, setWords] = useState("");
  const { groups, properties, archived } = catalogue;
  const found = properties.filter((property) => isFound(property, words));
  return (
    <>
      <TextInput
        className={classes["search"] ?? ""}
        aria-label={t("search")}
        placeholder={t("search")}
        leftSection={<IconSearch {...icon} />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {groups.map((group) => {
        const own = found.filter(({ groupName }) => groupName === group.name);
        if (own.length === 0 && (group.builtIn || words !== "")) return null;
        const edit = !group.builtIn && can("properties.edit") && (
          <Button size="sm" variant="default" onClick={() => onGroup(group)}>
            {t("group.edit")}
          </Button>
        );
        return (
          <Section key={group.name} title={group.label} aside={edit || own.length}>
            {own.length === 0 ? (
              <p className={classes["dimmed"]}>{t("group.empty")}</p>
            ) : (
              <PropertyRows properties={own} onEdit={onEdit} />
            )}
          </Section>
        );
      })}
      {found.length === 0 && <p className={classes["dimmed"]}>{t("nothing")}</p>}
      {archived.length > 0 && words === "" && (
        <Section title={t("archived.title")} aside={archived.length}>
          <ArchivedRows properties={archived} />
        </Section>
      )}
    </>
  );
}

function isFound({ label, name }: Property, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  return label.toLowerCase().includes(wanted) || name.includes(wanted);
}
