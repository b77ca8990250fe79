import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { everybody, isEmpty } from "../../filters/filter-field.ts";
import { followOperation } from "../../operations/follow-operation.ts";
import { Page, PageBody, PageHeader } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import { useSearchChange } from "../../ui/use-search-change.ts";
import { useOnward } from "../../ui/use-still-here.ts";
import { useListChange } from "../list-queries.ts";
import { type NewListSearch, newListSearch } from "../list-search.ts";
import { AboutFields, type ListStart, StartField } from "./about-fields.tsx";
import { FilterPreview } from "./filter-preview.tsx";
import { FilterSection } from "./filter-section.tsx";
import { previewQuery } from "./preview-query.ts";
import { missing, SaveBar } from "./save-bar.tsx";

/** A new list: its kind, its name, and who is in it, counted while the filter is written. */
export function NewListPage() {
  const { t } = useTranslation("lists");
  const { type, folder, filter, change } = useDraft();
  const [name, setName] = useState("");
  const [start, setStart] = useState<ListStart>(isEmpty(filter) ? "empty" : "filter");
  const filtered = type === "active" || start === "filter";
  const create = useCreate({ name, type, folder, ...(filtered && { filter }) });
  return (
    <Page tinted>
      <PageHeader title={t("form.newTitle")} crumbs={useCrumbs()} />
      <PageBody {...(filtered && { aside: <FilterPreview filter={filter} /> })}>
        <Section title={t("form.about")}>
          <AboutFields
            type={type}
            onType={(next) => change({ type: next === "static" ? next : undefined })}
            name={name}
            onName={setName}
            folder={folder}
            onFolder={(next) => change({ folder: next })}
          />
        </Section>
        {type === "static" && <StartField start={start} onStart={setStart} />}
        {filtered && (
          <FilterSection
            title={t(type === "static" ? "form.conditionsNow" : "form.conditions")}
            filter={filter}
            onChange={(next) => change({ filter: next })}
          />
        )}
      </PageBody>
      <SaveBar
        verb={t("form.createVerb")}
        back="/lists"
        busy={create.isPending}
        error={create.error}
        filter={filtered ? filter : undefined}
        missing={missing(name, filtered && isEmpty(filter))}
        onSave={() => create.mutate(undefined)}
      />
    </Page>
  );
}

/** What the address says about the list to be. */
function useDraft() {
  const search = useSearch({ from: "/shell/lists/new" });
  const changeSearch = useSearchChange();
  const { type = "active", folder = "top", filter = everybody } = search;
  const change = (part: { [Key in keyof NewListSearch]?: NewListSearch[Key] | undefined }) =>
    changeSearch((now) => newListSearch({ ...now, ...part }));
  return { type, folder, filter, change };
}

function useCrumbs() {
  const { t } = useTranslation("lists");
  return [
    <Link key="lists" to="/lists">
      {t("title")}
    </Link>,
  ];
}

interface NewList {
  readonly name: string;
  readonly type: "static" | "active";
  readonly folder: string;
  readonly filter?: typeof everybody;
}

function useCreate({ name, type, folder, filter }: NewList) {
  const { t } = useTranslation("lists");
  const onward = useOnward();
  const { data } = useQuery({ ...previewQuery(filter ?? everybody), enabled: filter !== undefined });
  const start =
    type === "active" || filter === undefined
      ? { ...(filter && { filter }) }
      : { selection: { filter, query: "" }, ...(data && { expect: data.total }) };
  return useListChange(
    () =>
      call("POST /api/lists", {
        name: name.trim(),
        type,
        folderId: folder === "top" ? null : folder,
        ...start,
      }),
    {
      done: ({ list }) => ({ title: t("created", { name: list.name }) }),
      onDone: ({ list, operationId }) => {
        if (operationId !== null) followOperation(operationId);
        void onward({ to: "/lists/$listId", params: { listId: list.id } });
      },
    },
  );
}
