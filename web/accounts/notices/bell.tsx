import { ActionIcon, Popover } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { icon } from "../../ui/icons.ts";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { unreadQuery } from "./notice-queries.ts";
import classes from "./notices.module.css";

const MANY = 99;

const Newest = lazyPart(async () => (await import("./newest-notices.tsx")).NewestNotices);

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
