import { Button } from "@mantine/core";
import { IconEdit } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api.ts";
import { ContactsView } from "../../contacts/index/contacts-view.tsx";
import { useMe } from "../../session.ts";
import { PageMissing } from "../../shell/page-failed.tsx";
import { Badge } from "../../ui/badge.tsx";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { icon } from "../../ui/icons.ts";
import { Note } from "../../ui/note.tsx";
import { Page, PageHeader } from "../../ui/page.tsx";
import { PageLoading } from "../../ui/page-loading.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useSearchChange } from "../../ui/use-search-change.ts";
import { RestoreList } from "../index/deleted-lists.tsx";
import { type FullList, listQuery } from "../list-queries.ts";
import { type ListTab, listTabs } from "../list-search.ts";
import classes from "../lists.module.css";
import { ListMenu } from "../menu/list-menu.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { useListContacts } from "./use-list-contacts.ts";
import { WhyTab } from "./why-tab.tsx";

/** One list: its members, how it came to be, and why somebody is in it. */
export function ListPage() {
  const { t } = useTranslation("lists");
  const { listId } = useParams({ from: "/shell/lists/$listId" });
  const { data: list, error, refetch } = useQuery(listQuery(listId));
  if (error instanceof ApiError && error.status === 404) return <PageMissing />;
  if (list) return <Shown key={list.id} list={list} />;
  const failed = t("page.failed");
  return <PageLoading title={t("title")} failed={failed} error={error} onRetry={() => void refetch()} />;
}

function Shown({ list }: { readonly list: FullList }) {
  const { t } = useTranslation("lists");
  const search = useSearch({ from: "/shell/lists/$listId" });
  const changeSearch = useSearchChange();
  const alive = list.deletedAt === null;
  const { tab: asked = "members" } = search;
  const tab = alive ? asked : "overview";
  useFreshMembers(list);
  return (
    <Page fill={tab === "members"} tinted={tab !== "members"}>
      <Header list={list} />
      <Notices list={list} />
      <Tabs
        fill={tab === "members"}
        label={t("page.tabs")}
        tabs={(alive ? listTabs : (["overview"] as const)).map((value) => ({
          value,
          label: t(`page.${value}`),
        }))}
        value={tab}
        onChange={(next) => changeSearch((now) => ({ ...now, tab: next as ListTab }))}
      >
        {tab === "members" && <Members list={list} />}
        {tab === "overview" && <OverviewTab list={list} />}
        {tab === "history" && <HistoryTab listId={list.id} />}
        {tab === "why" && <WhyTab list={list} contactId={search.contact} />}
      </Tabs>
    </Page>
  );
}

/** Whenever somebody has joined or left, what is shown of the members is fetched again. */
function useFreshMembers({ members, membersChangedAt }: FullList): void {
  const queryClient = useQueryClient();
  const known = useRef(`${members} ${membersChangedAt}`);
  useEffect(() => {
    const now = `${members} ${membersChangedAt}`;
    if (known.current === now) return;
    known.current = now;
    void queryClient.invalidateQueries({ queryKey: ["contacts"] });
    void queryClient.invalidateQueries({ queryKey: ["lists", "sizes"] });
    void queryClient.invalidateQueries({ queryKey: ["lists", "why"] });
    void queryClient.invalidateQueries({ queryKey: ["lists", "history"] });
  }, [members, membersChangedAt, queryClient]);
}

function Members({ list: { id, name, type } }: { readonly list: FullList }) {
  return <ContactsView state={useListContacts({ id, name, type })} />;
}

function Header({ list }: { readonly list: FullList }) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  return (
    <PageHeader
      title={list.name}
      crumbs={[
        <Link key="lists" to="/lists">
          {t("title")}
        </Link>,
      ]}
      count={t("membersCount", { count: list.members, number: format.number(list.members) })}
      badge={
        <>
          <Badge>{t(`type.${list.type}`)}</Badge>
          {list.updating && (
            <span role="status">
              <Badge tone="running">{t("updating")}</Badge>
            </span>
          )}
        </>
      }
      actions={list.deletedAt === null ? <Actions list={list} /> : <RestoreList list={list} />}
    />
  );
}

function Actions({ list }: { readonly list: FullList }) {
  const { t } = useTranslation("lists");
  const { can } = useMe();
  return (
    <>
      {can("lists.edit") ? (
        <Button
          variant="default"
          leftSection={<IconEdit {...icon} />}
          renderRoot={(props) => <Link to="/lists/$listId/edit" params={{ listId: list.id }} {...props} />}
        >
          {t("menu.edit")}
        </Button>
      ) : (
        <GuardedButton permission="lists.edit" variant="default" onClick={() => {}}>
          {t("menu.edit")}
        </GuardedButton>
      )}
      <ListMenu list={list} onPage />
    </>
  );
}

function Notices({ list: { deletedAt, purgedAt, problem } }: { readonly list: FullList }) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  if (deletedAt === null && problem === null) return null;
  return (
    <div className={classes["notices"]}>
      {deletedAt !== null && (
        <Note kind="date" title={t("gone")}>
          {purgedAt !== null && t("goneUntil", { date: format.dateLong(purgedAt) })}
        </Note>
      )}
      {problem !== null && <Note kind="error">{problem}</Note>}
    </div>
  );
}
