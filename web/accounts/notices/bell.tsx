import { ActionIcon, Button, Popover } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { icon } from "../../ui/icons.ts";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { newestQuery, unreadQuery, useRead } from "./notice-queries.ts";
import { NoticeRows } from "./notice-rows.tsx";
import classes from "./notices.module.css";

const MANY = 99;

/** How many notices wait, and the newest of them, from every page. */
export function Bell() {
  const { t } = useTranslation("notices");
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const title = useId();
  const unread = useQuery(unreadQuery).data?.unread ?? 0;
  const number = format.number(unread);
  const label = unread === 0 ? t("bell") : t("bellUnread", { count: unread, number });
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={380}
      trapFocus
      returnFocus
      withinPortal={false}
    >
      <Popover.Target>
        <ActionIcon
          size={40}
          className={classes["bell"]}
          aria-label={label}
          aria-haspopup="dialog"
          aria-expanded={opened}
          onClick={() => setOpened((open) => !open)}
        >
          <IconBell {...icon} size={18} />
          {unread > 0 && (
            <span className={classes["badge"]} aria-hidden>
              {unread > MANY ? `${MANY}+` : number}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes["dropdown"]} aria-labelledby={title}>
        {opened && <Newest titleId={title} unread={unread} onLeave={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

interface NewestProps {
  readonly titleId: string;
  readonly unread: number;
  readonly onLeave: () => void;
}

function Newest({ titleId, unread, onLeave }: NewestProps) {
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
