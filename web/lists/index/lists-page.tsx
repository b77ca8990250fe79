import { Button } from "@mantine/core";
import { IconFolder } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ChipBar } from "../../ui/filter-chip.tsx";
import { useFormat } from "../../ui/format.ts";
import { icon } from "../../ui/icons.ts";
import { Page, PageHeader } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useSearchChange } from "../../ui/use-search-change.ts";
import { FolderSelect } from "../folders/folder-select.tsx";
import { FoldersPanel } from "../folders/folders-panel.tsx";
import { foldersQuery } from "../list-queries.ts";
import type { ListsSearch } from "../list-search.ts";
import classes from "../lists.module.css";
import { CreateListButton } from "./create-list-button.tsx";
import { DeletedLists } from "./deleted-lists.tsx";
import { ListsTable } from "./lists-table.tsx";

/** CRM > Lists: all lists with their numbers, by folder, and the deleted ones. */
export function ListsPage() {
  const { t } = useTranslation("lists");
  const search = useSearch({ from: "/shell/lists" });
  const navigate = useNavigate();
  const changeSearch = useSearchChange();
  const change = (part: ListsSearch) => changeSearch((now) => ({ ...now, ...part }));
  return (
    <Page fill>
      <PageHeader
        title={t("title")}
        count={<Count />}
        crumbs={useCrumbs(search.folder)}
        actions={<CreateListButton folder={search.folder} />}
      />
      <Tabs
        fill
        label={t("tabs")}
        tabs={[
          { value: "all", label: t("tab.all") },
          { value: "deleted", label: t("tab.deleted") },
        ]}
        value={search.tab ?? "all"}
        onChange={(tab) =>
          void navigate({ to: "/lists", search: tab === "deleted" ? { tab } : {}, replace: true })
        }
      >
        <Bar search={search} change={change} />
        {search.tab === "deleted" ? (
          <DeletedLists query={search.query ?? ""} />
        ) : (
          <ListsTable search={search} change={change} />
        )}
      </Tabs>
    </Page>
  );
}

function Count() {
  const format = useFormat();
  const { data } = useQuery(foldersQuery);
  if (!data) return "…";
  return format.number(data.folders.reduce((sum, { lists }) => sum + lists, data.top));
}

/** Inside a folder: the way back to all lists and to the folders around it. */
function useCrumbs(folderId: string | undefined) {
  const { t } = useTranslation("lists");
  const { data } = useQuery(foldersQuery);
  const folders = new Map(data?.folders.map((folder) => [folder.id, folder]));
  const way = [];
  for (let folder = folders.get(folderId ?? ""); folder; folder = folders.get(folder.parentId ?? ""))
    way.unshift(folder);
  if (way.length === 0) return [];
  return [
    <Link key="all" to="/lists" search={{}}>
      {t("allFolders")}
    </Link>,
    ...way.map(({ id, name }) => (
      <Link key={id} to="/lists" search={{ folder: id }}>
        {name}
      </Link>
    )),
  ];
}

interface BarProps {
  readonly search: ListsSearch;
  readonly change: (part: ListsSearch) => void;
}

function Bar({ search, change }: BarProps) {
  const { t } = useTranslation("lists");
  const [managing, setManaging] = useState(false);
  return (
    <>
      <ChipBar
        start={
          <>
            <SearchField
              query={search.query ?? ""}
              onSearch={(query) => change({ query })}
              label={t("search")}
              className={classes["search"] ?? ""}
            />
            {search.tab !== "deleted" && (
              <FolderSelect
                size="xs"
                className={classes["folderFilter"] ?? ""}
                all
                value={search.folder ?? "all"}
                onChange={(folder) => change({ folder: folder === "all" ? "" : folder })}
              />
            )}
          </>
        }
        end={
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconFolder {...icon} />}
            onClick={() => setManaging(true)}
          >
            {t("folders")}
          </Button>
        }
      />
      <FoldersPanel opened={managing} onClose={() => setManaging(false)} />
    </>
  );
}
