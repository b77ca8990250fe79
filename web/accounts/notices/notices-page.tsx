import { Button } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page, PageBody, PageHeader } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../../ui/states.tsx";
import { allNoticesQuery, type Notice, useRead } from "./notice-queries.ts";
import { NoticeRows } from "./notice-rows.tsx";

/** Everything the reader was told in this account, newest first. */
export function NoticesPage() {
  const { t } = useTranslation("notices");
  const all = useInfiniteQuery(allNoticesQuery);
  const { data } = all;
  const read = useRead();
  const unread = data?.pages[0]?.unread ?? 0;
  const markAll = unread > 0 && (
    <Button variant="default" loading={read.isPending} onClick={() => read.mutate({ all: true })}>
      {t("markAll")}
    </Button>
  );
  return (
    <Page tinted>
      <PageHeader
        title={t("title")}
        subtitle={
          <>
            {t("lead")} <Link to="/settings/profile">{t("choose")}</Link>
          </>
        }
        actions={markAll}
      />
      <PageBody width={760}>
        {all.isError && <ErrorState error={all.error} onRetry={() => void all.refetch()} />}
        {all.isPending && <LoadingRows rows={5} />}
        {data && <Told notices={data.pages.flatMap((page) => page.notices)} />}
        <Older
          hidden={!all.hasNextPage}
          loading={all.isFetchingNextPage}
          onClick={() => void all.fetchNextPage()}
        />
      </PageBody>
    </Page>
  );
}

function Told({ notices }: { readonly notices: readonly Notice[] }) {
  const { t } = useTranslation("notices");
  if (notices.length === 0) {
    return (
      <EmptyState icon={IconBell} title={t("none")}>
        {t("noneHelp")}
      </EmptyState>
    );
  }
  return (
    <Section flush>
      <NoticeRows notices={notices} />
    </Section>
  );
}

interface OlderProps {
  readonly hidden: boolean;
  readonly loading: boolean;
  readonly onClick: () => void;
}

function Older({ hidden, loading, onClick }: OlderProps) {
  const { t } = useTranslation("notices");
  if (hidden) return null;
  return (
    <Button variant="default" loading={loading} onClick={onClick}>
      {t("older")}
    </Button>
  );
}
