import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { newestQuery, useRead } from "./notice-queries.ts";
import { NoticeRows } from "./notice-rows.tsx";
import classes from "./notices.module.css";

interface NewestNoticesProps {
  readonly titleId: string;
  readonly unread: number;
  readonly onLeave: () => void;
}

/** What the bell opens: fetched when it is rung for the first time. */
export function NewestNotices({ titleId, unread, onLeave }: NewestNoticesProps) {
  const { t } = useTranslation("notices");
  const newest = useQuery({ ...newestQuery, refetchOnMount: "always" });
  const read = useRead();
  return (
    <>
      <div className={classes["header"]}>
        <h2 id={titleId}>{t("title")}</h2>
        {unread > 0 && (
          <Button
            variant="subtle"
            size="sm"
            loading={read.isPending}
            onClick={() => read.mutate({ all: true })}
          >
            {t("markAll")}
          </Button>
        )}
      </div>
      <div className={classes["newest"]}>
        {newest.isError && <ErrorState error={newest.error} onRetry={() => void newest.refetch()} />}
        {newest.isPending && <LoadingRows rows={3} />}
        {newest.data?.notices.length === 0 && <p className={classes["none"]}>{t("none")}</p>}
        {newest.data && <NoticeRows notices={newest.data.notices} onFollow={onLeave} />}
      </div>
      <div className={classes["footer"]}>
        <Link to="/notices" onClick={onLeave} data-autofocus>
          {t("all")}
        </Link>
      </div>
    </>
  );
}
