import { ActionIcon, VisuallyHidden } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { icon } from "../../ui/icons.ts";
import { type Notice, useFollow, useRead } from "./notice-queries.ts";
import classes from "./notices.module.css";

interface NoticeRowsProps {
  readonly notices: readonly Notice[];
  readonly onFollow?: () => void;
}

/** Each leads to what it is about; unread ones can be ticked off without going there. */
export function NoticeRows({ notices, onFollow }: NoticeRowsProps) {
  return (
    <ul className={classes["rows"]}>
      {notices.map((notice) => (
        <li key={notice.id} data-unread={!notice.read || undefined}>
          <NoticeLink notice={notice} {...(onFollow ? { onFollow } : {})} />
          {!notice.read && <MarkRead notice={notice} />}
        </li>
      ))}
    </ul>
  );
}

function NoticeLink({ notice, onFollow }: { readonly notice: Notice; readonly onFollow?: () => void }) {
  const { t } = useTranslation("notices");
  const format = useFormat();
  const follow = useFollow();
  const { title, text, link, at, read } = notice;
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    follow(notice);
    onFollow?.();
  };
  return (
    <a href={link} onClick={go} className={classes["link"]}>
      <span className={classes["title"]}>
        {!read && <VisuallyHidden>{t("unreadOne")} </VisuallyHidden>}
        {title}
      </span>
      <span className={classes["text"]}>{text}</span>
      <time dateTime={at} title={format.dateTime(at)} className={classes["time"]}>
        {format.relative(at)}
      </time>
    </a>
  );
}

function MarkRead({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation("notices");
  const read = useRead();
  return (
    <ActionIcon
      size={32}
      aria-label={t("markOne", { title: notice.title })}
      loading={read.isPending}
      onClick={() => read.mutate({ ids: [notice.id] })}
    >
      <IconCheck {...icon} />
    </ActionIcon>
  );
}
