import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call } from "../../api.ts";
import { everybody, type Filter, isEmpty } from "../../filters/filter-field.ts";
import { PageMissing } from "../../shell/page-failed.tsx";
import { Page, PageBody, PageHeader } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { useSearchChange } from "../../ui/use-search-change.ts";
import { useOnward } from "../../ui/use-still-here.ts";
import { type FullList, listQuery, useListChange } from "../list-queries.ts";
import { AboutFields } from "./about-fields.tsx";
import { FilterPreview } from "./filter-preview.tsx";
import { FilterSection } from "./filter-section.tsx";
import { missing, SaveBar } from "./save-bar.tsx";

/** Name, folder and conditions of a list; says who would join and leave before it is saved. */
export function EditListPage() {
  const { t } = useTranslation("lists");
  const { listId } = useParams({ from: "/shell/lists/$listId/edit" });
  const { data: list, error, refetch } = useQuery(listQuery(listId));
  if (error instanceof ApiError && error.status === 404) return <PageMissing />;
  if (list) return <Form key={list.id} list={list} />;
  return (
    <Page tinted>
      <PageHeader title={t("form.editTitle")} />
      <PageBody>
        {error === null ? <LoadingRows /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </PageBody>
    </Page>
  );
}

function Form({ list }: { readonly list: FullList }) {
  const { t } = useTranslation("lists");
  const search = useSearch({ from: "/shell/lists/$listId/edit" });
  const changeSearch = useSearchChange();
  const [name, setName] = useState(list.name);
  const [folder, setFolder] = useState(list.folderId ?? "top");
  const active = list.type === "active";
  const filter = search.filter ?? list.filter ?? everybody;
  const save = useSave(list.id);
  const changed = { name: name.trim(), folderId: folder === "top" ? null : folder };
  return (
    <Page tinted>
      <Header list={list} />
      <PageBody {...(active && { aside: <FilterPreview filter={filter} listId={list.id} /> })}>
        <Section title={t("form.about")}>
          <AboutFields type={list.type} name={name} onName={setName} folder={folder} onFolder={setFolder} />
        </Section>
        {active && (
          <FilterSection
            title={t("form.conditions")}
            filter={filter}
            onChange={(next) => changeSearch(() => ({ filter: next }))}
          />
        )}
      </PageBody>
      <SaveBar
        verb={t("form.saveVerb")}
        back={`/lists/${list.id}`}
        busy={save.isPending}
        error={save.error}
        filter={active ? filter : undefined}
        missing={missing(name, active && isEmpty(filter))}
        onSave={() => save.mutate(active && search.filter ? { ...changed, filter } : changed)}
      />
    </Page>
  );
}

function Header({ list: { id, name } }: { readonly list: FullList }) {
  const { t } = useTranslation("lists");
  return (
    <PageHeader
      title={t("form.editTitle")}
      crumbs={[
        <Link key="lists" to="/lists">
          {t("title")}
        </Link>,
        <Link key="list" to="/lists/$listId" params={{ listId: id }}>
          {name}
        </Link>,
      ]}
    />
  );
}

interface Changed {
  readonly name: string;
  readonly folderId: string | null;
  readonly filter?: Filter;
}

function useSave(listId: string) {
  const { t } = useTranslation("lists");
  const onward = useOnward();
  return useListChange((changed: Changed) => call("PATCH /api/lists/:listId", { listId, ...changed }), {
    done: (saved) => ({ title: t("saved", { name: saved.name }) }),
    onDone: () => void onward({ to: "/lists/$listId", params: { listId } }),
  });
}
