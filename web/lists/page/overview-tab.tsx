import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { FilterChips } from "../../filters/filter-chips.tsx";
import { isEmpty } from "../../filters/filter-field.ts";
import { useFilterFields } from "../../filters/use-filter-fields.ts";
import { useFormat } from "../../ui/format.ts";
import { PageBody } from "../../ui/page.tsx";
import { Facts, Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { folderTree } from "../folders/folder-tree.ts";
import { useActorName } from "../index/use-list-columns.tsx";
import { type FullList, foldersQuery, usesQuery } from "../list-queries.ts";
import classes from "../lists.module.css";
import { UseRows } from "../menu/use-rows.tsx";
import { SizeSection } from "./size-section.tsx";

/** Conditions, size over time, and what uses the list. */
export function OverviewTab({ list }: { readonly list: FullList }) {
  return (
    <div className={classes["tab"]}>
      <PageBody
        aside={
          <>
            {list.deletedAt === null && <Uses listId={list.id} />}
            <Details list={list} />
          </>
        }
      >
        <Conditions list={list} />
        {list.deletedAt === null && <SizeSection listId={list.id} />}
      </PageBody>
    </div>
  );
}

function Conditions({ list: { type, filter, convertedAt } }: { readonly list: FullList }) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const fields = useFilterFields();
  const title = t(type === "static" && filter ? "page.conditionsBefore" : "page.conditions");
  return (
    <Section title={title}>
      {filter === null || isEmpty(filter) ? (
        <p className={classes["dimmed"]}>{t("page.noConditions")}</p>
      ) : (
        <div className={classes["chips"]}>
          <FilterChips fields={fields} filter={filter} />
        </div>
      )}
      {convertedAt !== null && (
        <p className={classes["dimmed"]}>{t("page.convertedAt", { date: format.moment(convertedAt) })}</p>
      )}
    </Section>
  );
}

function Uses({ listId }: { readonly listId: string }) {
  const { t } = useTranslation("lists");
  const { data, error, refetch } = useQuery(usesQuery(listId));
  return (
    <Section title={t("page.usedBy")}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={2} />}
      {data &&
        (data.uses.length === 0 ? (
          <p className={classes["dimmed"]}>{t("page.unused")}</p>
        ) : (
          <UseRows uses={data.uses} />
        ))}
    </Section>
  );
}

function Details({ list }: { readonly list: FullList }) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const actor = useActorName();
  const { data } = useQuery(foldersQuery);
  const folder = folderTree(data?.folders ?? []).find(({ id }) => id === list.folderId);
  return (
    <Section title={t("page.details")}>
      <Facts
        facts={[
          {
            label: t("folder"),
            value: folder ? (
              <Link to="/lists" search={{ folder: folder.id }}>
                {folder.path}
              </Link>
            ) : (
              t("noFolder")
            ),
          },
          { label: t("page.created"), value: `${format.dateTime(list.createdAt)}, ${actor(list.createdBy)}` },
          { label: t("page.changed"), value: format.dateTime(list.updatedAt) },
          {
            label: t("page.membersChanged"),
            value: list.membersChangedAt === null ? null : format.dateTime(list.membersChangedAt),
          },
          { label: t("column.week"), value: format.signed(list.weekChange) },
          { label: t("page.number"), value: list.id },
        ]}
      />
    </Section>
  );
}
