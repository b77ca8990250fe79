import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listQuery } from "../lists/list-queries.ts";
import { ListPicker, type PickedList } from "../lists/members/list-picker.tsx";
import { useMe } from "../session.ts";
import { MissingPermission } from "../ui/guarded-button.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";

interface ListOptionProps {
  readonly picked: PickedList | null;
  readonly onPick: (picked: PickedList | null) => void;
}

/** Whether the contacts of the file go into a static list: one there is, or a new one. */
export function ListOption({ picked, onPick }: ListOptionProps) {
  const { t } = useTranslation("lists");
  const { can } = useMe();
  return (
    <Section title={t("importOption.title")}>
      {can("lists.edit") ? (
        <ListPicker
          label={t("importOption.label")}
          help={t("importOption.help")}
          picked={picked}
          onPick={onPick}
        />
      ) : (
        <Note>
          <MissingPermission permission="lists.edit" />
        </Note>
      )}
    </Section>
  );
}

/** The list that an import adds to, with the way there. */
export function ImportList({ listId }: { readonly listId: string }) {
  const { t } = useTranslation("lists");
  const { data: list } = useQuery(listQuery(listId));
  if (!list) return null;
  return (
    <Note>
      {t("importOption.adds")}{" "}
      <Link to="/lists/$listId" params={{ listId }}>
        {list.name}
      </Link>
    </Note>
  );
}
