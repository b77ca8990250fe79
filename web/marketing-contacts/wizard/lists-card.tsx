import { CloseButton, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { listQuery } from "../../lists/list-queries.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { icon } from "../../ui/icons.ts";
import { Section } from "../../ui/section.tsx";
import { NewListPanel } from "./new-list-panel.tsx";
import classes from "./wizard.module.css";
import type { Part } from "./wizard-query.ts";

interface ListsCardProps {
  readonly lists: readonly string[];
  /** Undefined while they are counted. */
  readonly parts: readonly Part[] | undefined;
  readonly onChange: (lists: string[]) => void;
}

const OFFERED = 50;
/** As many as the server takes. */
const MOST = 20;

/** Use a list: several may be chosen, and one can be made on the spot. */
export function ListsCard({ lists, parts, onChange }: ListsCardProps) {
  const { t } = useTranslation("cleanup");
  const [making, setMaking] = useState(false);
  const add = (id: string) => onChange([...lists.filter((each) => each !== id), id]);
  return (
    <Section title={t("list.title")}>
      <p className={classes["lead"]}>{t("list.lead")}</p>
      {lists.length > 0 && (
        <ul className={classes["lists"]}>
          {lists.map((id) => (
            <ChosenList
              key={id}
              listId={id}
              contacts={parts?.find(({ kind, key }) => kind === "list" && key === id)?.contacts}
              onRemove={() => onChange(lists.filter((each) => each !== id))}
            />
          ))}
        </ul>
      )}
      {lists.length < MOST ? (
        <>
          <Picker chosen={lists} onPick={add} />
          <div className={classes["cardActions"]}>
            <GuardedButton
              variant="default"
              permission="lists.edit"
              leftSection={<IconPlus {...icon} />}
              onClick={() => setMaking(true)}
            >
              {t("list.new")}
            </GuardedButton>
          </div>
        </>
      ) : (
        <p className={classes["lead"]}>{t("list.most", { number: MOST })}</p>
      )}
      <NewListPanel opened={making} onClose={() => setMaking(false)} onMade={add} />
    </Section>
  );
}

/** Finds lists by their names, on the server: there may be many. */
function Picker({
  chosen,
  onPick,
}: {
  readonly chosen: readonly string[];
  readonly onPick: (id: string) => void;
}) {
  const { t } = useTranslation("cleanup");
  const [words, setWords] = useState("");
  const [query] = useDebouncedValue(words.trim(), 200);
  const { data } = useQuery({
    queryKey: ["lists", "choose", query],
    queryFn: ({ signal }) => call("GET /api/lists", { query, limit: OFFERED }, { signal }),
    placeholderData: keepPreviousData,
  });
  const offered = (data?.lists ?? []).filter(({ id }) => !chosen.includes(id));
  return (
    <Select
      label={t("list.choose")}
      placeholder={t("list.search")}
      searchable
      nothingFoundMessage={t("list.none")}
      filter={({ options }) => options}
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      value={null}
      searchValue={words}
      onSearchChange={setWords}
      onChange={(id) => {
        if (id !== null) onPick(id);
        setWords("");
      }}
    />
  );
}

interface ChosenListProps {
  readonly listId: string;
  readonly contacts: number | undefined;
  readonly onRemove: () => void;
}

function ChosenList({ listId, contacts, onRemove }: ChosenListProps) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const { data } = useQuery(listQuery(listId));
  const name = data?.name ?? "…";
  return (
    <li>
      <Link to="/lists/$listId" params={{ listId }}>
        {name}
      </Link>
      <span>{contacts === undefined ? "…" : format.number(contacts)}</span>
      <CloseButton aria-label={t("list.remove", { name })} onClick={onRemove} />
    </li>
  );
}

/** What a list is called now. */
export function ListName({ listId }: { readonly listId: string }) {
  const { data } = useQuery(listQuery(listId));
  return <>{data?.name ?? "…"}</>;
}
